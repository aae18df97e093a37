package io.kandjietl.kandji;

import io.kandjietl.kandji.DetailsFetcher.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One batch under way: some virtual threads that take request after request. For one use, by one thread. */
final class DetailsFetch {

    private final List<DetailsRequest> requests;

    private final Function<DetailsRequest, Asked> ask;

    private final List<Thread> threads = new ArrayList<>();

    private final AtomicInteger next = new AtomicInteger();

    private final AtomicReferenceArray<@Nullable AskedDetails> results;

    private final AtomicReference<@Nullable Asked> stop = new AtomicReference<>();

    private final AtomicReference<@Nullable Throwable> unforeseen = new AtomicReference<>();

    private volatile boolean over;

    private volatile boolean abandoned;

    DetailsFetch(List<DetailsRequest> requests, Function<DetailsRequest, Asked> ask) {
        this.requests = requests;
        this.ask = ask;
        this.results = new AtomicReferenceArray<>(requests.size());
    }

    void start(int count) {
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().name("kandji-details-" + i).start(this::work));
        }
    }

    /**
     * Waits until every thread has ended, by itself or because the time is over.
     *
     * @return whether they ended in time
     */
    boolean await(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        try {
            for (Thread thread : threads) {
                if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                    abandon();
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            abandon();
            Thread.currentThread().interrupt();
            throw new KandjiInterruptedException("the details of " + requests.size() + " devices", e);
        }
    }

    /** What came of it; only once nothing of it runs any more. */
    DetailsBatch batch(boolean inTime) {
        switch (unforeseen.get()) {
            case null -> {}
            case RuntimeException failure -> throw failure;
            case Error error -> throw error;
            case Throwable other -> throw new IllegalStateException("Details could not be asked for", other);
        }
        List<AskedDetails> asked = IntStream.range(0, results.length())
                .mapToObj(results::get)
                .filter(Objects::nonNull)
                .toList();
        Asked last = stop.get();
        if (last != null) {
            return new DetailsBatch(asked, last.stop(), last.waitUntil());
        }
        return new DetailsBatch(asked, inTime ? null : DetailsStop.OUT_OF_TIME, null);
    }

    private void work() {
        int index = next.getAndIncrement();
        while (index < requests.size() && !over) {
            try {
                Asked asked = ask.apply(requests.get(index));
                results.set(index, asked.asked());
                if (asked.stop() != null) {
                    stop.compareAndSet(null, asked);
                    over = true;
                }
            } catch (KandjiInterruptedException e) {
                over = true;
                if (!Thread.currentThread().isInterrupted()) {
                    unforeseen.compareAndSet(null, e);
                }
            } catch (RuntimeException | Error e) {
                if (!abandoned) { // An interrupt may end a connection to the database, too.
                    unforeseen.compareAndSet(null, e);
                }
                over = true;
            }
            index = next.getAndIncrement();
        }
    }

    /** An interrupted request ends at once; so does a thread that waits for its moment. */
    private void abandon() {
        over = true;
        abandoned = true;
        threads.forEach(Thread::interrupt);
        boolean interrupted = Thread.interrupted();
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
