package io.kandjietl.kandji;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The pages that are fetched while one is worked on, each on a virtual thread of its own: at most {@value #MOST}. What goes
 * wrong with one is told when it is taken. For one thread.
 *
 * <p>Where a page begins is known only once the one before it came, because the API may clamp pages. So the second is guessed:
 * only after two pages in a row had the same size. One that was guessed wrongly is left to end by itself, because its request is
 * counted already; nobody looks at what it brings.
 */
final class PagesAhead implements AutoCloseable {

    private static final int MOST = 2;

    /** An interrupted fetch ends at once; the bound is for what nobody foresees. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PageSource source;

    private final Deque<Fetch> fetches = new ArrayDeque<>();

    private final List<Fetch> leftAlone = new ArrayList<>();

    private int lastSize;

    PagesAhead(PageSource source) {
        this.source = source;
    }

    /**
     * Waits for the page that begins at the offset as long as the source takes, and begins to fetch those behind it. Whatever the
     * outcome, the next can be taken.
     */
    DevicePage take(long offset) {
        leaveAloneUnlessAt(offset);
        Fetch next = fetches.poll();
        DevicePage page = result(next == null ? Fetch.start(source, offset) : next);
        int size = page.rows().size();
        leaveAloneUnlessAt(offset + size);
        int most = size == 0 ? 0 : size == lastSize ? MOST : 1;
        while (fetches.size() < most) {
            fetches.add(Fetch.start(source, offset + (fetches.size() + 1L) * size));
        }
        lastSize = size;
        return page;
    }

    private void leaveAloneUnlessAt(long offset) {
        Fetch next = fetches.peek();
        if (next != null && next.offset != offset) {
            leftAlone.removeIf(fetch -> fetch.task.isDone());
            leftAlone.addAll(fetches);
            fetches.clear();
        }
    }

    private DevicePage result(Fetch fetch) {
        try {
            return fetch.task.get();
        } catch (ExecutionException e) {
            close();
            throw unwrapped(e);
        } catch (InterruptedException e) {
            fetches.addFirst(fetch);
            close();
            Thread.currentThread().interrupt();
            throw new KandjiInterruptedException("the page of the listing at offset " + fetch.offset, e);
        }
    }

    /** Cancels what is under way, and returns when its threads have ended. */
    @Override
    public void close() {
        List<Fetch> cancelled = new ArrayList<>(fetches);
        cancelled.addAll(leftAlone);
        fetches.clear();
        leftAlone.clear();
        cancelled.forEach(fetch -> fetch.task.cancel(true));
        cancelled.forEach(fetch -> awaitEnd(fetch.thread));
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

    private record Fetch(long offset, FutureTask<DevicePage> task, Thread thread) {

        static Fetch start(PageSource source, long offset) {
            FutureTask<DevicePage> task = new FutureTask<>(() -> source.page(offset));
            return new Fetch(
                    offset,
                    task,
                    Thread.ofVirtual().name("kandji-page-" + offset).start(task));
        }
    }
}
