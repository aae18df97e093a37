package io.kandjietl.kandji;

import tools.jackson.databind.JsonNode;

/** What became of asking for one device's details. */
public sealed interface DetailsAnswer {

    /**
     * The tenant answered.
     *
     * @param details a JSON object as the tenant sent it; not to be changed
     */
    record Answered(JsonNode details) implements DetailsAnswer {}

    /** The tenant knows no such device: a 404 in JSON, and not that of the gateway before the API. */
    record NotFound() implements DetailsAnswer {}

    /**
     * The token was refused, or its permission (401, 403): asking for other devices is refused as well.
     *
     * @param why in words for an operator, without the token
     */
    record Refused(String why) implements DetailsAnswer {}

    /**
     * No usable answer came, however often it was asked.
     *
     * @param why in words for an operator, without the token
     */
    record Failed(String why) implements DetailsAnswer {}
}
