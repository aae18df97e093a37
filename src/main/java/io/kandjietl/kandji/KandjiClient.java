package io.kandjietl.kandji;

import io.kandjietl.failure.FailureException;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.retry.backoff.Sleeper;
import org.springframework.retry.backoff.ThreadWaitSleeper;

/**
 * Asks a tenant's API. Requests are taken from a budget, paced, and bounded in time and size, and those that may do better are tried again; a
 * method that returns has a complete, well-formed answer. The token is sent to the configured host alone, and appears in
 * no message. For any number of threads; an interrupt abandons the request at once.
 */
public final class KandjiClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KandjiClient.class);

    private final KandjiSettings settings;

    private final Clock clock;

    private final RequestBudget budget;

    private final Pacer pacer;

    private final Transport transport;

    private final AnswerReader answers;

    private final Retries retries;

    private final LongAdder requests = new LongAdder();

    private final AtomicReference<@Nullable ClockSkew> skew = new AtomicReference<>();

    private final AtomicReference<@Nullable HourlyLimit> limit = new AtomicReference<>();

    /** A client that waits in earnest. */
    public KandjiClient(KandjiSettings settings, Clock clock) {
        this(settings, clock, new ThreadWaitSleeper());
    }

    /** A client that waits as the sleeper does: between requests and before retries. */
    public KandjiClient(KandjiSettings settings, Clock clock, Sleeper sleeper) {
        this(settings, clock, System::nanoTime, sleeper, RequestBudget.UNLIMITED, ObservationRegistry.NOOP);
    }

    /**
     * A client that takes each try from a budget before it is sent.
     *
     * @param nanoTime a clock like {@link System#nanoTime()}, for durations; it passes while the sleeper sleeps
     * @param observations told of each request, under the name {@code kandji.request}
     */
    public KandjiClient(
            KandjiSettings settings,
            Clock clock,
            LongSupplier nanoTime,
            Sleeper sleeper,
            RequestBudget budget,
            ObservationRegistry observations) {
        this(settings, Timing.of(clock, nanoTime, sleeper), budget, observations);
    }

    KandjiClient(KandjiSettings settings, Timing timing) {
        this(settings, timing, RequestBudget.UNLIMITED, ObservationRegistry.NOOP);
    }

    KandjiClient(KandjiSettings settings, Timing timing, RequestBudget budget, ObservationRegistry observations) {
        this.settings = settings;
        this.clock = timing.clock();
        this.budget = budget;
        this.pacer = new Pacer(settings.requestsPerSecond(), timing.nanoTime(), timing.sleeper());
        this.transport = new Transport(settings, observations);
        this.answers = new AnswerReader(settings.token(), timing.clock());
        this.retries = new Retries(timing);
    }

    /**
     * One page of the listing, in the order of device ids. Offset paging is no snapshot: between two calls rows may move
     * by the devices that came and went.
     *
     * @param offset how many rows to pass over, 0 or more
     * @throws KandjiRefusedException when Kandji refuses the token or its permission
     * @throws KandjiAddressException when what answers is not the API
     * @throws KandjiUnavailableException when no usable answer came, however often it was asked
     * @throws KandjiInterruptedException when the thread was interrupted
     */
    public DevicePage listDevices(long offset) {
        if (offset < 0) {
            throw new IllegalArgumentException("The offset of a page is not negative: " + offset);
        }
        return new DevicePage(
                offset,
                ask(ApiRequest.listDevices(settings.root(), offset, settings.pageSize()), this::admit, answers::rows));
    }

    /**
     * What the tenant says of one device, tried again like any request. That it says nothing usable is an outcome and no
     * exception: one device's failure is its own.
     *
     * @param deviceId the tenant's id of the device
     * @throws IllegalArgumentException when the id can't stand in a path
     * @throws KandjiUnavailableException when none may be asked for before {@link KandjiUnavailableException#waitUntil()}: this
     *     one was not asked for, or its answer said so
     * @throws KandjiInterruptedException when the thread was interrupted
     */
    public DetailsAnswer details(String deviceId) {
        try {
            return ask(ApiRequest.details(settings.root(), deviceId), this::admitIfBudgetAllows, answers::details);
        } catch (KandjiRefusedException e) {
            return new DetailsAnswer.Refused(String.valueOf(e.getMessage()));
        } catch (KandjiUnavailableException e) {
            if (e.waitUntil().isPresent()) {
                throw e;
            }
            return new DetailsAnswer.Failed(String.valueOf(e.getMessage()));
        } catch (KandjiAddressException e) {
            return new DetailsAnswer.Failed(String.valueOf(e.getMessage()));
        }
    }

    /** How many requests were made, each try counted: what this client took from the tenant's budget. */
    public long requests() {
        return requests.sum();
    }

    /** How many of the requests were made again because one before had failed. */
    public long retries() {
        return retries.count();
    }

    /** By how much the clocks differ, by the first answer that told; empty before. */
    public Optional<ClockSkew> clockSkew() {
        return Optional.ofNullable(skew.get());
    }

    /** What the last answer that told said of the tenant's limit; empty before. */
    public Optional<HourlyLimit> hourlyLimit() {
        return Optional.ofNullable(limit.get());
    }

    /** Abandons what is under way and lets the connections go. */
    @Override
    public void close() {
        transport.close();
    }

    /** The host that is asked, with its port if one is named. */
    public String host() {
        return settings.authority();
    }

    int pageSize() {
        return settings.pageSize();
    }

    /**
     * @throws FailureException when no usable answer came
     */
    private <T> T ask(ApiRequest request, Retries.Admission admission, Function<Answer, T> meaning) {
        return retries.call(request, admission, () -> {
            requests.increment();
            return meaningOf(request, meaning);
        });
    }

    /** Paced first: a request that the budget allows for this hour is then sent in this hour. */
    private void admit() throws InterruptedException {
        pacer.await();
        budget.take();
    }

    /** As {@link #admit()}, but for what can be left for another run: where no request is to be had now, it is not made. */
    private void admitIfBudgetAllows() throws InterruptedException {
        pacer.await();
        Optional<Instant> refusedUntil = budget.tryTake();
        if (refusedUntil.isPresent()) {
            throw new KandjiUnavailableException(
                    "No requests are to be had before " + refusedUntil.get(),
                    "Nothing is to be done: a later run goes on",
                    refusedUntil.get(),
                    null);
        }
    }

    private <T> T meaningOf(ApiRequest request, Function<Answer, T> meaning) throws InterruptedException {
        Instant askedAt = clock.instant();
        Answer answer = transport.send(request);
        HourlyLimit.of(answer.headers(), askedAt).ifPresent(told -> {
            limit.set(told);
            budget.seen(told);
        });
        ClockSkew.of(answer.headers(), clock.instant()).ifPresent(this::tellOnce);
        try {
            return meaning.apply(answer);
        } catch (TryFailedException e) {
            keepLongWait(e.problem());
            throw e;
        }
    }

    private void tellOnce(ClockSkew told) {
        if (skew.compareAndSet(null, told) && told.isTooMuch()) {
            log.warn(
                    "The clocks of this machine and of {} differ by {}: slots and ages are dated by this machine's. Let it"
                            + " follow a time server",
                    host(),
                    told.words());
        }
    }

    /** What no try waits for is for the next process to know. */
    private void keepLongWait(Problem problem) {
        Instant until = problem.waitUntil();
        if (until != null && problem.kind().retryHelps() && RetryPause.isTooLong(until, clock.instant())) {
            budget.blockedUntil(until);
        }
    }
}
