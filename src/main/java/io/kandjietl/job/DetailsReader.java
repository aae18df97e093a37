package io.kandjietl.job;

import io.kandjietl.kandji.AskedDetails;
import io.kandjietl.kandji.DetailsBatch;
import io.kandjietl.kandji.DetailsFetcher;
import io.kandjietl.kandji.DetailsRequest;
import io.kandjietl.kandji.DetailsStop;
import io.kandjietl.kandji.KandjiInterruptedException;
import io.kandjietl.warehouse.DetailsWorklist;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.retry.backoff.Sleeper;

/**
 * Chooses devices when its step begins, and asks for their details, the worthiest first, a chunk at a time: the requests
 * of a chunk run side by side, and nothing of them outlives a call. Where the hour's requests are used up and the next
 * hour begins in time, it waits for it. For the thread of its step alone.
 *
 * <p>Restart: it goes on with the same worklist behind the last committed device, until the same moment. Before the first
 * commit it chooses anew.
 */
class DetailsReader implements ItemStreamReader<AskedDetails> {

    /** What a restart repeats at most; a chunk takes some seconds. */
    static final int CHUNK = 100;

    /** After so long it looks at the clock again. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(DetailsReader.class);

    private static final String RANK = "kandji.details.rank";

    private static final String UNTIL = "kandji.details.until";

    private final DetailsWorklist worklist;

    private final DetailsFetcher fetcher;

    private final DetailsSettings settings;

    private final Instant tooOldBefore;

    private final long most;

    private final Clock clock;

    private final Sleeper sleeper;

    private final Queue<AskedDetails> ready = new ArrayDeque<>();

    private List<DetailsRequest> passedOver = List.of();

    private @Nullable Instant waitUntil;

    private Instant until = Instant.EPOCH;

    private long rank;

    private long wanted;

    private long asked;

    private boolean isAtEnd;

    private @Nullable DetailsStop stop;

    /**
     * Makes the reader of one run.
     *
     * @param tooOldBefore details that were answered before this are too old
     * @param most how many devices can be asked for in a run
     * @param clock for the time limit
     * @param sleeper waits for the next hour's requests
     */
    DetailsReader(
            DetailsWorklist worklist,
            DetailsFetcher fetcher,
            DetailsSettings settings,
            Instant tooOldBefore,
            long most,
            Clock clock,
            Sleeper sleeper) {
        this.worklist = worklist;
        this.fetcher = fetcher;
        this.settings = settings;
        this.tooOldBefore = tooOldBefore;
        this.most = most;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * Chooses, or goes on where the context says. Makes no request yet.
     *
     * @throws io.kandjietl.warehouse.LeaseLostException when another process took the tenant over
     */
    @Override
    public void open(ExecutionContext context) {
        ready.clear();
        passedOver = List.of();
        waitUntil = null;
        isAtEnd = false;
        DetailsReport before = DetailsReport.of(context);
        asked = before.asked();
        stop = before.stop();
        if (context.get(RANK) instanceof Number committed) {
            rank = committed.longValue();
            wanted = before.wanted();
            until = Instant.parse(context.getString(UNTIL));
        } else {
            rank = 0;
            wanted = worklist.write(tooOldBefore, most);
            until = clock.instant().plus(settings.timeLimit());
            log.info("Details of {} devices are worth a request", wanted);
        }
    }

    /**
     * What came of asking for the next device; null when all that were chosen were asked for, or there is a reason to
     * stop, and ever after.
     *
     * @throws KandjiInterruptedException when the thread was interrupted
     */
    @Override
    public @Nullable AskedDetails read() {
        while (ready.isEmpty() && stop == null && !isAtEnd) {
            askForMore();
        }
        AskedDetails next = ready.poll();
        if (next != null) {
            rank = Math.max(rank, next.request().rank());
            asked++;
        }
        return next;
    }

    /** Puts down where to resume, and what the summary tells. */
    @Override
    public void update(ExecutionContext context) {
        context.putLong(RANK, rank);
        context.putString(UNTIL, until.toString());
        // What is fetched but not handed out yet is fetched again: only then is it known why to stop.
        report(ready.isEmpty() ? stop : null).putInto(context);
    }

    private void askForMore() {
        if (waitUntil != null) {
            await(waitUntil);
            waitUntil = null;
        }
        List<DetailsRequest> requests =
                passedOver.isEmpty() ? worklist.next(rank, CHUNK, DetailsRequest::new) : passedOver;
        if (requests.isEmpty()) {
            isAtEnd = true;
        } else if (clock.instant().isBefore(until)) {
            DetailsBatch batch = fetcher.fetch(requests, until);
            ready.addAll(batch.asked());
            passedOver = passedOver(requests, batch);
            waitUntil = batch.waitUntil() != null && batch.waitUntil().isBefore(until) ? batch.waitUntil() : null;
            stop = waitUntil == null ? batch.stop() : null;
        } else {
            stop = DetailsStop.OUT_OF_TIME;
        }
        if (stop != null || isAtEnd) {
            tellWhatWaits(report(stop));
        }
    }

    /** Requests run side by side: where some were refused for now, others behind them were answered. */
    private static List<DetailsRequest> passedOver(List<DetailsRequest> requests, DetailsBatch batch) {
        if (batch.asked().isEmpty()) {
            return List.of();
        }
        Set<DetailsRequest> asked =
                batch.asked().stream().map(AskedDetails::request).collect(Collectors.toSet());
        long last = batch.asked().getLast().request().rank();
        return requests.stream()
                .filter(request -> request.rank() < last && !asked.contains(request))
                .toList();
    }

    /** At the beginning of a batch: what the one before brought is handed out by then. */
    private void await(Instant next) {
        log.info(
                "Waiting until {} for requests: details of {} devices are wanted still",
                next,
                report(null).waiting());
        try {
            while (clock.instant().isBefore(next)) {
                Duration wait = Duration.between(clock.instant(), next);
                // Rounded up, so as not to ask early by part of a millisecond.
                sleeper.sleep(Math.max(1, Math.min(wait.plusNanos(999_999).toMillis(), LONGEST_SLEEP.toMillis())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KandjiInterruptedException(
                    "the details of " + report(null).waiting() + " devices", e);
        }
    }

    private void tellWhatWaits(DetailsReport report) {
        long waiting = report.waiting() - ready.size();
        if (waiting > 0 && stop != null) {
            log.warn("Details of {} devices wait for the next slot: {}", waiting, report.why());
        } else if (waiting > 0) {
            log.info("Details of {} devices wait for the next slot: {}", waiting, report.why());
        }
    }

    private DetailsReport report(@Nullable DetailsStop why) {
        return new DetailsReport(wanted, asked, why);
    }
}
