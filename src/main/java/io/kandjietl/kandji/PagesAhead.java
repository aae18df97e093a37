package io.kandjietl.kandji;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;

/**
 * The pages that are fetched while one is worked on, each on a virtual thread of its own: at most {@value #MOST}. What goes
 * wrong with one is told when it is taken. For one thread.
 *
 * <p>Where a page begins is known only once the one before it came, because the API may clamp pages. So the second is guessed:
 * only after two pages in a row had the same size. One that was guessed wrongly is left to end by itself, because its request is
 * mostly counted already; nobody looks at what it brings. So is one that came long before the page in front of it: devices that
 * were enrolled meanwhile moved rows from that page behind it.
 */
final class PagesAhead implements AutoCloseable {

    private static final int MOST = 2;

    /** An interrupted fetch ends at once; the bound is for what nobody foresees. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** So much older than the page in front of it a page may be. */
    private static final Duration MOST_OLDER = Duration.ofSeconds(10);

    private final PageSource source;

    private final LongSupplier nanoTime;

    private final Deque<Fetch> fetches = new ArrayDeque<>();

    private final List<Fetch> leftAlone = new ArrayList<>();

    private int lastSize;

    /**
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    PagesAhead(PageSource source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /**
     * Waits for the page that begins at the offset as long as the source takes, and begins to fetch those behind it. Whatever the
     * outcome, the next can be taken.
     */
    DevicePage take(long offset) {
        leftAlone.removeIf(fetch -> fetch.task.isDone());
        leaveAloneUnlessAt(offset);
        Fetch next = fetches.poll();
        Fetched fetched = result(next == null ? start(offset) : next);
        Fetch behind = fetches.peek();
        if (behind != null && behind.isOlderThan(fetched)) {
            leaveAlone();
        }
        DevicePage page = fetched.page;
        int size = page.rows().size();
        leaveAloneUnlessAt(offset + size);
        int most = size == 0 ? 0 : size == lastSize ? MOST : 1;
        while (fetches.size() < most) {
            fetches.add(start(offset + (fetches.size() + 1L) * size));
        }
        lastSize = size;
        return page;
    }

    private void leaveAloneUnlessAt(long offset) {
        Fetch next = fetches.peek();
        if (next != null && next.offset != offset) {
            leaveAlone();
        }
    }

    private void leaveAlone() {
        leftAlone.addAll(fetches);
        fetches.clear();
    }

    private Fetch start(long offset) {
        FutureTask<Fetched> task = new FutureTask<>(() -> new Fetched(source.page(offset), nanoTime.getAsLong()));
        return new Fetch(
                offset, task, Thread.ofVirtual().name("kandji-page-" + offset).start(task));
    }

    private Fetched result(Fetch fetch) {
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

    private record Fetch(long offset, FutureTask<Fetched> task, Thread thread) {

        /** Whether it came long before that one. */
        boolean isOlderThan(Fetched other) {
            return task.state() == Future.State.SUCCESS && other.at - task.resultNow().at > MOST_OLDER.toNanos();
        }
    }

    /**
     * A page.
     *
     * @param at when it came, by the clock of nanoseconds
     */
    private record Fetched(DevicePage page, long at) {}
}
