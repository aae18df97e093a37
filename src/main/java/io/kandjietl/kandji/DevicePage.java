package io.kandjietl.kandji;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One page of the device listing.
 *
 * @param offset how many rows of the listing come before it
 * @param rows the rows as the tenant sent them, whatever they are; empty when the listing ends before the offset. Fewer
 *     than asked for says nothing
 */
public record DevicePage(long offset, List<JsonNode> rows) {

    /** Copies the list; the rows themselves are not to be changed. */
    public DevicePage {
        rows = List.copyOf(rows);
    }
}
