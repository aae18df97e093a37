package io.kandjietl.kandji;

import java.time.Instant;

/**
 * What came of a request for details.
 *
 * @param request whose details were asked for
 * @param at when the answer was there, to the microsecond
 * @param answer what it says
 */
public record AskedDetails(DetailsRequest request, Instant at, DetailsAnswer answer) {}
