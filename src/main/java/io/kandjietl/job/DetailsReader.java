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
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.retry.backoff.Sleeper;

/**
 * Chooses devices when its step begins, and asks for their details, the worthiest first. An item is a batch: its requests
 * run side by side, nothing of them outlives a call, and it is committed before the next is begun. Where the hour's requests
 * are used up and the next hour begins in time and in this slot, it waits for it, with nothing uncommitted: an open chunk is no transaction of
 * the server's before its first statement. For the thread of its step alone.
 *
 * <p>Restart: it goes on with the same worklist, with those devices that were not asked for, until the same moment. Before
 * the first commit it chooses anew.
 */
class DetailsReader implements ItemStreamReader<List<AskedDetails>> {

    /** What a restart repeats at most; it takes some seconds. */
    static final int BATCH = 150;

    /** After so long it looks at the clock again. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(DetailsReader.class);

    private static final String RANK = "kandji.details.rank";

    private static final String PASSED_OVER = "kandji.details.passedOver";

    private static final String UNTIL = "kandji.details.until";

    private final DetailsWorklist worklist;

    private final DetailsFetcher fetcher;

    private final DetailsSettings settings;

    private final Instant tooOldBefore;

    private final Instant slotEnd;

    private final long most;

    private final Clock clock;

    private final Sleeper sleeper;

    /** Requests run side by side: where some were refused for now, others behind them were answered. */
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
     * @param slotEnd when the next slot begins, whose listing needs the requests of its hour
     * @param most how many devices can be asked for in a run
     * @param clock for the time limit
     * @param sleeper waits for the next hour's requests
     */
    DetailsReader(
            DetailsWorklist worklist,
            DetailsFetcher fetcher,
            DetailsSettings settings,
            Instant tooOldBefore,
            Instant slotEnd,
            long most,
            Clock clock,
            Sleeper sleeper) {
        this.worklist = worklist;
        this.fetcher = fetcher;
        this.settings = settings;
        this.tooOldBefore = tooOldBefore;
        this.slotEnd = slotEnd;
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
        waitUntil = null;
        isAtEnd = false;
        DetailsReport before = DetailsReport.of(context);
        asked = before.asked();
        stop = before.stop();
        if (context.get(RANK) instanceof Number committed) {
            rank = committed.longValue();
            wanted = before.wanted();
            until = Instant.parse(context.getString(UNTIL));
            passedOver = passedOver(context.getString(PASSED_OVER, ""));
        } else {
            rank = 0;
            passedOver = List.of();
            wanted = worklist.write(tooOldBefore, most);
            until = clock.instant().plus(settings.timeLimit());
            log.info("Details of {} devices are worth a request", wanted);
        }
    }

    /**
     * What came of asking for the next devices, at least one; null when all that were chosen were asked for, or there is a
     * reason to stop, and ever after.
     *
     * @throws KandjiInterruptedException when the thread was interrupted
     */
    @Override
    public @Nullable List<AskedDetails> read() {
        List<AskedDetails> answers = List.of();
        while (answers.isEmpty() && stop == null && !isAtEnd) {
            answers = askForMore();
        }
        return answers.isEmpty() ? null : answers;
    }

    /** How many devices are still to be asked for, once it is open. */
    long expected() {
        return Math.min(wanted, most) - asked;
    }

    /** Puts down where to resume, and what the summary tells. */
    @Override
    public void update(ExecutionContext context) {
        context.putLong(RANK, rank);
        context.putString(
                PASSED_OVER,
                passedOver.stream()
                        .map(request -> Long.toString(request.rank()))
                        .collect(Collectors.joining(",")));
        context.putString(UNTIL, until.toString());
        report().putInto(context);
    }

    private List<AskedDetails> askForMore() {
        await();
        List<DetailsRequest> requests = passedOver.isEmpty() ? next(rank) : passedOver;
        List<AskedDetails> answers = List.of();
        if (requests.isEmpty()) {
            isAtEnd = true;
        } else if (clock.instant().isBefore(until)) {
            answers = take(requests, fetcher.fetch(requests, until));
        } else {
            stop = DetailsStop.OUT_OF_TIME;
        }
        if (stop != null || isAtEnd) {
            tellWhatWaits();
        }
        return answers;
    }

    private List<DetailsRequest> next(long after) {
        return worklist.next(after, BATCH, DetailsRequest::new);
    }

    private List<AskedDetails> take(List<DetailsRequest> requests, DetailsBatch batch) {
        Set<DetailsRequest> answered = new HashSet<>();
        for (AskedDetails asked : batch.asked()) {
            answered.add(asked.request());
            rank = Math.max(rank, asked.request().rank());
        }
        asked += answered.size();
        passedOver = requests.stream()
                .filter(request -> request.rank() < rank && !answered.contains(request))
                .toList();
        Instant next = batch.waitUntil();
        waitUntil = next != null && next.isBefore(until) && next.isBefore(slotEnd) ? next : null;
        stop = waitUntil == null ? batch.stop() : null;
        return batch.asked();
    }

    /** Those of a batch, by their ranks as they were put down. */
    private List<DetailsRequest> passedOver(String committed) {
        if (committed.isEmpty()) {
            return List.of();
        }
        Set<Long> ranks = Arrays.stream(committed.split(",")).map(Long::valueOf).collect(Collectors.toSet());
        return next(Collections.min(ranks) - 1).stream()
                .filter(request -> ranks.contains(request.rank()))
                .toList();
    }

    /** Where there are no requests now: until there may be. What came before is committed by then. */
    private void await() {
        if (waitUntil == null) {
            return;
        }
        Instant next = waitUntil;
        waitUntil = null;
        log.info("Waiting until {} for requests: details of {} devices are wanted still", next, report().waiting());
        try {
            while (clock.instant().isBefore(next)) {
                Duration wait = Duration.between(clock.instant(), next);
                // Rounded up, so as not to ask early by part of a millisecond.
                sleeper.sleep(Math.max(1, Math.min(wait.plusNanos(999_999).toMillis(), LONGEST_SLEEP.toMillis())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KandjiInterruptedException("the details of " + report().waiting() + " devices", e);
        }
    }

    private void tellWhatWaits() {
        DetailsReport report = report();
        if (report.waiting() > 0 && stop != null) {
            log.warn("Details of {} devices wait for the next slot: {}", report.waiting(), report.why());
        } else if (report.waiting() > 0) {
            log.info("Details of {} devices wait for the next slot: {}", report.waiting(), report.why());
        }
    }

    private DetailsReport report() {
        return new DetailsReport(wanted, asked, stop);
    }
}
