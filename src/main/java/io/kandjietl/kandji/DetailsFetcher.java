package io.kandjietl.kandji;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the details of several devices side by side, on virtual threads that have all ended when it returns. One
 * device's failure is its own; what concerns all of them ends the asking. For one thread at a time.
 */
public final class DetailsFetcher {

    /** So many failures one after the other are Kandji's and not the devices'. */
    static final int MOST_FAILURES_IN_A_ROW = 20;

    /** So many refusals one after the other are the token's and not the devices'. */
    static final int MOST_REFUSALS_IN_A_ROW = 3;

    private static final Logger log = LoggerFactory.getLogger(DetailsFetcher.class);

    private final Function<String, DetailsAnswer> source;

    private final int concurrent;

    private final Clock clock;

    private final AtomicInteger failuresInARow = new AtomicInteger();

    private final AtomicInteger refusalsInARow = new AtomicInteger();

    private final AtomicBoolean isRefused = new AtomicBoolean();

    /**
     * A fetcher of the client's tenant.
     *
     * @param concurrent how many requests run side by side at most, from 1
     * @param clock for the time of an answer, and for the time limit
     */
    public DetailsFetcher(KandjiClient client, int concurrent, Clock clock) {
        this(client::details, concurrent, clock);
    }

    DetailsFetcher(Function<String, DetailsAnswer> source, int concurrent, Clock clock) {
        if (concurrent < 1) {
            throw new IllegalArgumentException("At least one request must be allowed at a time: " + concurrent);
        }
        this.source = source;
        this.concurrent = concurrent;
        this.clock = clock;
    }

    /**
     * Asks for these devices' details, until all were asked for, the time is over or there is a reason to stop. What is
     * under way when the time is over is abandoned, as if it had not been asked for.
     *
     * @param requests in the order of their worth
     * @param until when the time for it is over
     * @throws KandjiInterruptedException when the thread was interrupted; the requests are abandoned
     */
    public DetailsBatch fetch(List<DetailsRequest> requests, Instant until) {
        DetailsFetch fetch = new DetailsFetch(requests, this::ask);
        fetch.start(Math.min(concurrent, requests.size()));
        Duration left = Duration.between(clock.instant(), until);
        boolean inTime = fetch.await(left.isNegative() ? Duration.ZERO : left);
        return fetch.batch(inTime);
    }

    private Asked ask(DetailsRequest request) {
        DetailsAnswer answer;
        try {
            answer = source.apply(request.deviceId());
        } catch (KandjiUnavailableException e) {
            log.debug("Details of device {} are put off: {}", request.deviceId(), e.getMessage());
            return new Asked(null, DetailsStop.TOLD_TO_WAIT, e.waitUntil().orElseThrow());
        }
        AskedDetails asked = new AskedDetails(request, clock.instant().truncatedTo(ChronoUnit.MICROS), answer);
        return switch (answer) {
            case DetailsAnswer.Answered answered -> good(asked);
            case DetailsAnswer.NotFound notFound -> good(asked);
            case DetailsAnswer.Refused refused -> refused(asked, refused);
            case DetailsAnswer.Failed failed -> failed(asked, failed);
        };
    }

    private Asked good(AskedDetails asked) {
        failuresInARow.set(0);
        refusalsInARow.set(0);
        return new Asked(asked, null, null);
    }

    /** One refusal is its device's; several in a row are the token's. */
    private Asked refused(AskedDetails asked, DetailsAnswer.Refused refused) {
        if (refusalsInARow.incrementAndGet() < MOST_REFUSALS_IN_A_ROW) {
            log.warn("Details of device {} are put off: {}", asked.request().deviceId(), refused.why());
            return new Asked(asked, null, null);
        }
        if (isRefused.compareAndSet(false, true)) {
            log.warn("No details in this run: {}", refused.why());
        }
        return new Asked(null, DetailsStop.REFUSED, null);
    }

    private Asked failed(AskedDetails asked, DetailsAnswer.Failed failed) {
        log.warn("Details of device {} are put off: {}", asked.request().deviceId(), failed.why());
        boolean inTrouble = failuresInARow.incrementAndGet() >= MOST_FAILURES_IN_A_ROW;
        return new Asked(asked, inTrouble ? DetailsStop.IN_TROUBLE : null, null);
    }

    /**
     * One request's end.
     *
     * @param asked null when it says nothing of the device
     * @param stop null when others may be asked for
     * @param waitUntil until when not, where that is known
     */
    record Asked(
            @Nullable AskedDetails asked,
            @Nullable DetailsStop stop,
            @Nullable Instant waitUntil) {}
}
