package io.kandjietl.kandji;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * At most one page that is fetched on a virtual thread of its own while the one before is worked on. What goes wrong
 * with it is told when it is taken. For one thread.
 */
final class PageAhead implements AutoCloseable {

    /** An interrupted fetch ends at once; the bound is for what nobody foresees. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PageSource source;

    private @Nullable Fetch fetch;

    PageAhead(PageSource source) {
        this.source = source;
    }

    /** Begins to fetch, unless a fetch is under way. */
    void start(long offset) {
        if (fetch == null) {
            FutureTask<DevicePage> task = new FutureTask<>(() -> source.page(offset));
            Thread thread = Thread.ofVirtual().name("kandji-page-" + offset).start(task);
            fetch = new Fetch(offset, task, thread);
        }
    }

    /**
     * The page that {@link #start} began to fetch; waits for it as long as the source takes. Whatever the outcome, the
     * next fetch can be started.
     */
    DevicePage take() {
        Fetch taken = fetch;
        if (taken == null) {
            throw new IllegalStateException("No page is being fetched");
        }
        try {
            DevicePage page = taken.task.get();
            fetch = null;
            return page;
        } catch (ExecutionException e) {
            fetch = null;
            throw unwrapped(e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new KandjiInterruptedException("the page of the listing at offset " + taken.offset, e);
        }
    }

    /** Cancels what is under way, and returns when its thread has ended. */
    @Override
    public void close() {
        Fetch cancelled = fetch;
        fetch = null;
        if (cancelled != null) {
            cancelled.task.cancel(true);
            awaitEnd(cancelled.thread);
        }
    }

    /** Waits even when the caller itself was interrupted: that is how steps are stopped. */
    private static void awaitEnd(Thread thread) {
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException failure
                ? failure
                : new IllegalStateException("A page could not be fetched", e);
    }

    private record Fetch(long offset, FutureTask<DevicePage> task, Thread thread) {}
}
