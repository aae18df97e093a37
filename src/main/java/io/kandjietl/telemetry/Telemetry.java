package io.kandjietl.telemetry;

import io.micrometer.observation.ObservationRegistry;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a run's metrics and its trace go. What can't be delivered is a warning with its cause, and nothing more. For one thread, but for
 * what is observed.
 */
public final class Telemetry implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Telemetry.class);

    private static final int MAX_CAUSES = 50;

    private final TelemetrySettings settings;
    private final String tenant;
    private final @Nullable TraceExport traces;

    /** Opens it for a tenant; nothing is sent yet, and nothing is loaded where nothing will be. */
    public Telemetry(TelemetrySettings settings, String tenant) {
        this.settings = settings;
        this.tenant = tenant;
        URI otlp = settings.otlp();
        this.traces = otlp == null ? null : new TraceExport(otlp, tenant);
    }

    /** Whether nothing is sent. */
    public boolean isOff() {
        return settings.isNone();
    }

    /** What is observed through it becomes a span; nothing is where there is no collector. */
    public ObservationRegistry observations() {
        return traces == null ? ObservationRegistry.NOOP : traces.observations();
    }

    /**
     * Sends the metrics of a run that ended, and what was not sent of its trace, side by side.
     *
     * @param atMost how long it may take; what is under way then is given up
     */
    public void send(List<Measured> measured, Duration atMost) {
        List<Delivery> deliveries = deliveries(new MetricsPush(tenant, List.copyOf(measured), atMost), atMost);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<Boolean>> ends =
                    threads.invokeAll(deliveries, Math.max(1, atMost.toNanos()), TimeUnit.NANOSECONDS);
            for (int i = 0; i < ends.size(); i++) {
                tell(deliveries.get(i), ends.get(i), atMost);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.warn("Metrics and traces of this run were not sent: the process was told to end");
        } finally {
            threads.shutdownNow();
        }
    }

    /** Lets go of everything, sent or not. */
    @Override
    public void close() {
        if (traces != null) {
            traces.close();
        }
    }

    private List<Delivery> deliveries(MetricsPush push, Duration atMost) {
        List<Delivery> deliveries = new ArrayList<>();
        URI pushgateway = settings.pushgateway();
        if (pushgateway != null) {
            deliveries.add(new Delivery(
                    "metrics", pushgateway, "KANDJI_METRICS_PUSHGATEWAY", () -> push.toPushgateway(pushgateway)));
        }
        URI otlp = settings.otlp();
        if (otlp != null) {
            deliveries.add(new Delivery("metrics", otlp, "KANDJI_OTLP_ENDPOINT", () -> push.toCollector(otlp)));
        }
        TraceExport export = traces;
        if (otlp != null && export != null) {
            deliveries.add(new Delivery("traces", otlp, "KANDJI_OTLP_ENDPOINT", () -> export.flush(atMost)));
        }
        return deliveries;
    }

    private static void tell(Delivery delivery, Future<Boolean> end, Duration atMost) throws InterruptedException {
        try {
            end.get();
        } catch (CancellationException e) {
            warn(delivery, "no answer within " + seconds(atMost) + " s");
        } catch (ExecutionException e) {
            log.debug("What failed:", e);
            warn(delivery, words(e.getCause() == null ? e : e.getCause()));
        }
    }

    private static void warn(Delivery delivery, String why) {
        log.warn(
                "Unable to send {} of this run to {}: {}. The run stands as it ended. See whether {} is right and what"
                        + " listens there is up, or leave it out",
                delivery.what(),
                delivery.root(),
                why,
                delivery.variable());
    }

    private static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }

    /** What began it, in a few words. */
    static String words(Throwable thrown) {
        String words = thrown.getClass().getSimpleName();
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof ConnectException) {
                return "no connection";
            }
            String message = cause.getMessage();
            words = message == null || message.isBlank() ? words : message;
            cause = cause.getCause();
        }
        return words;
    }

    /** What may fail in any way. */
    @FunctionalInterface
    private interface Sending {

        void send() throws Exception;
    }

    /**
     * One thing that goes to one place.
     *
     * @param what goes there
     * @param root where to
     * @param variable the setting that says so
     * @param sending sends it
     */
    private record Delivery(String what, URI root, String variable, Sending sending) implements Callable<Boolean> {

        @Override
        public Boolean call() throws Exception {
            sending.send();
            return true;
        }
    }
}
