package io.kandjietl.kandji;

import tools.jackson.databind.JsonNode;

/**
 * One row of the device listing.
 *
 * @param position running number of the row in its run, from 0, over restarts too: a row read later has a higher one
 * @param offset where in the listing it stood: the same row read again has the same, unless the listing moved
 * @param row the row as the tenant sent it: an object, or whatever came in an object's place
 */
public record ListedDevice(long position, long offset, JsonNode row) {

    /** A row of a listing that was read in one go: its offset is its position. */
    public ListedDevice(long position, JsonNode row) {
        this(position, position, row);
    }
}
