package io.kandjietl.kandji;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One walk through the listing: row after row, page after page, to the first empty page. It advances by the rows that
 * came, because the API may clamp a page's size, and holds the page at hand and two ahead. For one thread.
 */
final class Listing implements AutoCloseable {

    private static final String REMEDY =
            "Run the same command again later; if it fails the same way, ask Kandji's support whether"
                    + " paging by `offset` works for the tenant.";

    private final PagesAhead ahead;

    private final long maxRows;

    private long offset;

    private Iterator<JsonNode> rows = Collections.emptyIterator();

    private List<String> lastPage = List.of();

    private boolean repeated;

    private boolean complete;

    /**
     * @param from the offset of the first row to hand out
     * @param maxRows how many rows a listing can have
     */
    Listing(PageSource source, long from, long maxRows) {
        this.ahead = new PagesAhead(source, System::nanoTime);
        this.offset = from;
        this.maxRows = maxRows;
    }

    /** The next row, or null after the last one, however often it is asked. */
    @Nullable
    JsonNode next() {
        if (!complete && !rows.hasNext()) {
            turnPage();
        }
        if (complete) {
            return null;
        }
        JsonNode row = rows.next();
        offset++;
        return row;
    }

    /** The offset of the row that comes next. */
    long offset() {
        return offset;
    }

    @Override
    public void close() {
        ahead.close();
        rows = Collections.emptyIterator();
    }

    private void turnPage() {
        DevicePage page = ahead.take(offset);
        if (page.rows().isEmpty()) {
            complete = true;
            return;
        }
        checkGoesOn(page);
        rows = page.rows().iterator();
    }

    /** Guards against an API that ignores the offset: it would be read for ever, and every device would look new. */
    private void checkGoesOn(DevicePage page) {
        List<String> ids = page.rows().stream().map(Listing::identity).toList();
        boolean same = ids.equals(lastPage);
        // One row alone may come twice in honesty: a device enrolled before it moved it on.
        if (same && (ids.size() > 1 || repeated)) {
            throw untrusted("the page of " + ids.size() + " devices at offset " + offset
                    + " is the one before once more: the API ignores `offset`");
        }
        if (offset + ids.size() > maxRows) {
            throw untrusted("it does not end after " + maxRows + " rows");
        }
        repeated = same;
        lastPage = ids;
    }

    private static String identity(JsonNode row) {
        return row.path("device_id").stringValueOpt().orElseGet(row::toString);
    }

    private static KandjiUnavailableException untrusted(String why) {
        return new KandjiUnavailableException(
                "The listing of devices can't be trusted (GET /api/v1/devices): " + why, REMEDY, null, null);
    }
}
