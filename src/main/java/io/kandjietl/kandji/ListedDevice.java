package io.kandjietl.kandji;

import tools.jackson.databind.JsonNode;

/**
 * One row of the device listing.
 *
 * @param position running number of the row in its run, from 0, over restarts too: a row read later has a higher one
 * @param row the row as the tenant sent it: an object, or whatever came in an object's place
 */
public record ListedDevice(long position, JsonNode row) {}
