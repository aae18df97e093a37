package io.kandjietl.job;

import io.kandjietl.kandji.AskedDetails;
import io.kandjietl.kandji.DetailsAnswer;
import io.kandjietl.kandji.DetailsBatch;
import io.kandjietl.kandji.DetailsFetcher;
import io.kandjietl.kandji.DetailsRequest;
import io.kandjietl.kandji.DetailsStop;
import io.kandjietl.warehouse.ArchivalGuard;
import io.kandjietl.warehouse.DetailsWorklist;
import io.kandjietl.warehouse.DetailsWorklist.Absences;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Looks the devices up that the listing does not show, some at a time. That the tenant knows no such device is worth
 * something only while it answers for devices that are there: so a listed device, a witness, is asked for before the
 * first and after each few of them. What stands between two witnesses that answered may be believed; the publication
 * decides, by the positions. For the thread of its step alone.
 *
 * <p>Restart: it goes on behind the last committed device. Before the first commit it chooses anew.
 */
class AbsenceReader implements ItemStreamReader<AskedDetails> {

    /** What a run that can't ask further wastes at most: the last few have no witness behind them. */
    static final int MOST_BETWEEN_WITNESSES = 100;

    /** The first few; twice as many each time, so that a small budget gets somewhere too. */
    private static final int FIRST_BETWEEN_WITNESSES = 4;

    /** So many listed devices in a row that can't be had are not the devices' fault. */
    private static final int MOST_WITNESSES = 5;

    /** Shorter than what details may take: they come after it. */
    static final Duration TIME_LIMIT = Duration.ofMinutes(15);

    private static final Logger log = LoggerFactory.getLogger(AbsenceReader.class);

    private static final String RANK = "kandji.absences.rank";
    private static final String WITNESSED = "kandji.absences.witnessed";

    private final DetailsWorklist worklist;
    private final DetailsFetcher fetcher;
    private final ArchivalGuard guard;
    private final Instant tooOldBefore;
    private final long most;
    private final Clock clock;

    private final Queue<Handed> ready = new ArrayDeque<>();
    private final Queue<String> witnesses = new ArrayDeque<>();

    private AbsenceReport report = AbsenceReport.NONE;
    private long rank;
    private long witnessed;
    private int next = FIRST_BETWEEN_WITNESSES;
    private Instant until = Instant.EPOCH;
    private boolean isAtEnd;
    private @Nullable DetailsStop stop;

    /**
     * Makes the reader of one run.
     *
     * @param guard how many devices are too many to be archived at once
     * @param tooOldBefore an unlisted device whose details were answered before this is looked up again
     * @param most how many devices can be asked for in a run
     */
    AbsenceReader(
            DetailsWorklist worklist,
            DetailsFetcher fetcher,
            ArchivalGuard guard,
            Instant tooOldBefore,
            long most,
            Clock clock) {
        this.worklist = worklist;
        this.fetcher = fetcher;
        this.guard = guard;
        this.tooOldBefore = tooOldBefore;
        this.most = most;
        this.clock = clock;
    }

    /**
     * Asks the guard and chooses, or goes on where the context says. Makes no request yet.
     *
     * @throws io.kandjietl.warehouse.LeaseLostException when another process took the tenant over
     */
    @Override
    public void open(ExecutionContext context) {
        ready.clear();
        witnesses.clear();
        isAtEnd = false;
        stop = null;
        until = clock.instant().plus(TIME_LIMIT);
        if (context.get(RANK) instanceof Number committed) {
            rank = committed.longValue();
            witnessed = context.get(WITNESSED) instanceof Number position ? position.longValue() : Long.MIN_VALUE;
            report = AbsenceReport.of(context);
            stop = report.stop();
        } else {
            Absences absences = worklist.writeAbsences(tooOldBefore, most, guard);
            rank = -absences.chosen() - 1;
            witnessed = Long.MIN_VALUE;
            report = new AbsenceReport(absences.absent(), absences.wanted(), 0, 0, null);
            tell(absences);
        }
    }

    private static void tell(Absences absences) {
        if (absences.held() != null) {
            log.warn("The archiving of devices is held back: {}", absences.held());
        } else if (absences.isListingUnreadable() && absences.absent() > 0) {
            log.warn(
                    "{} active devices are not listed, but a row of the listing has no readable id: none of them is archived",
                    absences.absent());
        } else if (absences.absent() > 0) {
            log.info(
                    "{} active devices are not listed: {} of them are looked up", absences.absent(), absences.wanted());
        }
    }

    /**
     * What came of asking for the next device, absent or witness; null when all that were chosen were asked for, or there
     * is a reason to stop, and ever after.
     *
     * @throws io.kandjietl.kandji.KandjiInterruptedException when the thread was interrupted
     */
    @Override
    public @Nullable AskedDetails read() {
        if (ready.isEmpty() && stop == null && !isAtEnd) {
            askForMore();
        }
        Handed handed = ready.poll();
        if (handed == null) {
            return null;
        }
        rank = handed.asked().request().rank();
        if (!handed.isWitness()) {
            report = report.plus(handed.asked().answer());
        } else if (hasAnswered(handed.asked())) {
            witnessed = rank;
        }
        return handed.asked();
    }

    /** How many devices are still to be looked up, once it is open, without the listed ones between them. */
    long expected() {
        return -rank - 1;
    }

    /** Puts down where to resume, and what the summary tells. */
    @Override
    public void update(ExecutionContext context) {
        context.putLong(RANK, rank);
        context.putLong(WITNESSED, witnessed);
        report.stoppedBy(ready.isEmpty() ? stop : null).putInto(context);
    }

    private void askForMore() {
        List<DetailsRequest> requests = worklist.next(rank, next, DetailsRequest::new);
        boolean hasWitness = witnessed != Long.MIN_VALUE;
        if (requests.isEmpty() && (!hasWitness || witnessed == rank)) {
            isAtEnd = true;
        } else if (!clock.instant().isBefore(until)) {
            stop = DetailsStop.OUT_OF_TIME;
        } else if (hasWitness || askWitness(rank)) {
            askFor(requests);
        }
        if (stop != null && report.wanted() > 0) {
            log.warn("Not all absent devices could be looked up: {}", stop.words());
        }
    }

    private void askFor(List<DetailsRequest> requests) {
        next = Math.min(2 * next, MOST_BETWEEN_WITNESSES);
        DetailsBatch batch =
                requests.isEmpty() ? new DetailsBatch(List.of(), null, null) : fetcher.fetch(requests, until);
        batch.asked().forEach(asked -> ready.add(new Handed(asked, false)));
        stop = batch.stop();
        if (stop == null) {
            askWitness(requests.isEmpty() ? rank : requests.getLast().rank());
        }
    }

    /**
     * Asks for listed devices until one answers.
     *
     * @param position behind which device it is asked for
     * @return whether one did; else there is a reason to stop
     */
    private boolean askWitness(long position) {
        if (witnesses.isEmpty()) {
            witnesses.addAll(worklist.witnesses(2 * MOST_WITNESSES));
        }
        for (int tries = 0; tries < MOST_WITNESSES && !witnesses.isEmpty() && stop == null; tries++) {
            DetailsRequest request = new DetailsRequest(position, witnesses.remove());
            DetailsBatch batch = fetcher.fetch(List.of(request), until);
            batch.asked().forEach(asked -> ready.add(new Handed(asked, true)));
            stop = batch.stop();
            if (batch.asked().stream().anyMatch(AbsenceReader::hasAnswered)) {
                witnesses.add(request.deviceId());
                return true;
            }
        }
        if (stop == null) {
            stop = DetailsStop.WITHOUT_WITNESS;
        }
        return false;
    }

    private static boolean hasAnswered(AskedDetails asked) {
        return asked.answer() instanceof DetailsAnswer.Answered;
    }

    private record Handed(AskedDetails asked, boolean isWitness) {}
}
