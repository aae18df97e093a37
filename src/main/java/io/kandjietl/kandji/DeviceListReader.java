package io.kandjietl.kandji;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ReaderNotOpenException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the tenant's whole device listing, row by row; the next two pages are fetched while one is handed out. For the
 * thread of its step alone.
 *
 * <p>Restart: it resumes one page before the first uncommitted row, because devices that left meanwhile move later rows
 * forward. So rows come again, and between two pages of one walk too: a device that is read twice has a higher
 * {@linkplain ListedDevice#position() position} the second time. Once the end of the listing is committed, a restart
 * reads nothing any more.
 */
public class DeviceListReader implements ItemStreamReader<ListedDevice> {

    /** Twenty times the largest fleet thinkable: a listing that goes on for longer goes in circles. */
    static final long MAX_ROWS = 20_000_000;

    /** Keys in the execution context: the first uncommitted row's offset, the next position, whether the end was seen. */
    static final String OFFSET = "kandji.devices.offset";

    static final String POSITION = "kandji.devices.position";

    static final String COMPLETE = "kandji.devices.complete";

    private final PageSource source;

    private final int pageSize;

    private @Nullable Listing listing;

    private long firstUncommitted;

    private long position;

    private boolean complete;

    /** A reader of the client's tenant, in pages of the client's size. */
    public DeviceListReader(KandjiClient client) {
        this(client::listDevices, client.pageSize());
    }

    DeviceListReader(PageSource source, int pageSize) {
        this.source = source;
        this.pageSize = pageSize;
    }

    /**
     * How many requests a listing takes where none fails: its pages, the empty one at the end, and from the second full page on one
     * beyond it, which was guessed.
     */
    public static long requests(long devices, int pageSize) {
        return Math.ceilDiv(devices, pageSize) + (devices < 2L * pageSize ? 1 : 2);
    }

    /** Whether a reader with this execution context came to the end of the listing, and that was committed. */
    public static boolean isListingComplete(ExecutionContext context) {
        return Boolean.parseBoolean(context.getString(COMPLETE, "false"));
    }

    /** Begins, or resumes where the context says. Makes no request yet. A walk that is under way is given up. */
    @Override
    public void open(ExecutionContext context) {
        close();
        firstUncommitted = number(context, OFFSET);
        position = number(context, POSITION);
        complete = isListingComplete(context);
        listing = new Listing(source, Math.max(0, firstUncommitted - pageSize), MAX_ROWS);
    }

    /**
     * The next row; null at the end of the listing and ever after.
     *
     * @throws KandjiUnavailableException when a page can't be had, or the listing can't be trusted
     * @throws KandjiRefusedException when Kandji refuses the token or its permission
     * @throws KandjiAddressException when what answers is not the API
     * @throws KandjiInterruptedException when the thread was interrupted
     */
    @Override
    public @Nullable ListedDevice read() {
        Listing open = listing;
        if (open == null) {
            throw new ReaderNotOpenException("The reader of the device listing must be opened before it is read");
        }
        JsonNode row = complete ? null : open.next();
        if (row == null) {
            complete = true;
            return null;
        }
        return new ListedDevice(position++, open.offset() - 1, row);
    }

    /** Puts down where to resume: numbers and strings alone. */
    @Override
    public void update(ExecutionContext context) {
        if (listing != null) {
            // While rows come again after a restart, the first uncommitted one stays where it was: otherwise each
            // further restart would go back one more page.
            firstUncommitted = Math.max(firstUncommitted, listing.offset());
            context.putLong(OFFSET, firstUncommitted);
            context.putLong(POSITION, position);
            context.putString(COMPLETE, Boolean.toString(complete));
        }
    }

    /** Cancels the fetch that is under way, if any, and returns when nothing of it runs any more. */
    @Override
    public void close() {
        if (listing != null) {
            listing.close();
            listing = null;
        }
    }

    /** Some serializers give a small long back as an integer. */
    private static long number(ExecutionContext context, String key) {
        return context.get(key) instanceof Number number ? number.longValue() : 0;
    }
}
