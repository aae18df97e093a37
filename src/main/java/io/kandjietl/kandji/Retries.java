package io.kandjietl.kandji;

import io.kandjietl.failure.FailureException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.retry.RetryContext;
import org.springframework.retry.backoff.BackOffInterruptedException;
import org.springframework.retry.support.RetryTemplate;

/**
 * The one place where requests are retried: what can help, at most 6 tries within about 10 minutes. What still fails
 * becomes the exception that an operator reads. For any number of threads.
 */
final class Retries {

    static final int MAX_TRIES = 6;

    private static final String CHECK_ADDRESS =
            "Check KANDJI_SUBDOMAIN (the part before .api. in the console's API URL),"
                    + " KANDJI_REGION (us or eu) and KANDJI_DOMAIN (kandji.io or iru.com), then run `check`.";

    private final RetryPause pause;

    private final RetryTemplate template;

    private final Timing timing;

    Retries(Timing timing) {
        this.timing = timing;
        this.pause = new RetryPause(MAX_TRIES, timing);
        this.template = RetryTemplate.builder()
                .maxAttempts(MAX_TRIES)
                .retryOn(thrown -> thrown instanceof TryFailedException failure
                        && failure.problem().kind().retryHelps())
                .customBackoff(pause)
                .build();
    }

    /** How many tries were made after a first one. */
    long count() {
        return pause.retries();
    }

    /**
     * Tries until a try succeeds.
     *
     * @param admission waits until a try may be made; how long it waits is not held against the tries
     * @throws FailureException when none does
     */
    <T> T call(ApiRequest request, Admission admission, Try<T> oneTry) {
        try {
            return template.execute(
                    context -> {
                        context.setAttribute(RetryContext.NAME, request.nameAndHost());
                        long asked = timing.nanoTime().getAsLong();
                        admission.await();
                        RetryPause.exclude(context, timing.nanoTime().getAsLong() - asked);
                        return oneTry.run();
                    },
                    context -> {
                        throw failure(request, context);
                    });
        } catch (BackOffInterruptedException e) {
            throw interrupted(request, e.getCause() instanceof InterruptedException cause ? cause : null);
        } catch (InterruptedException e) {
            throw interrupted(request, e);
        }
    }

    private static KandjiInterruptedException interrupted(ApiRequest request, @Nullable InterruptedException e) {
        Thread.currentThread().interrupt();
        return new KandjiInterruptedException(request.nameAndHost(), e == null ? new InterruptedException() : e);
    }

    private RuntimeException failure(ApiRequest request, RetryContext context) throws InterruptedException {
        Throwable last = context.getLastThrowable();
        if (last instanceof TryFailedException failure) {
            return failure(request, failure, context.getRetryCount());
        }
        if (last instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (last instanceof Error error) {
            throw error;
        }
        return last instanceof RuntimeException unforeseen
                ? unforeseen
                : new IllegalStateException(request.nameAndHost() + " failed", last);
    }

    private FailureException failure(ApiRequest request, TryFailedException failure, int tries) {
        Problem problem = failure.problem();
        String what = ": " + request.nameAndHost() + " ended with " + problem.what()
                + (tries == 1 ? " (tried once)" : " (tried " + tries + " times)");
        return switch (problem.kind()) {
            case UNAUTHENTICATED ->
                new KandjiRefusedException(
                        "Failed to authenticate with Kandji" + what,
                        "Make a token in Kandji (Settings, Access, API token) with the permission \""
                                + request.permission() + "\", set KANDJI_API_TOKEN to it, then run `check`.");
            case FORBIDDEN ->
                new KandjiRefusedException(
                        "API token does not have sufficient permissions (\"" + request.permission() + "\")" + what,
                        "Give the token the permission \"" + request.permission()
                                + "\" in Kandji (Settings, Access, API token), then run `check`.");
            case NOT_FOUND ->
                new KandjiAddressException("API endpoint not found (wrong subdomain or region)" + what, CHECK_ADDRESS);
            case NOT_ACCEPTED -> new KandjiAddressException("Kandji did not accept the request" + what, CHECK_ADDRESS);
            case UNTRUSTED, UNKNOWN_HOST, NO_TLS ->
                new KandjiUnavailableException(
                        "Could not reach Kandji" + what, CHECK_ADDRESS, null, failure.getCause());
            case TROUBLE -> unavailable(what, failure);
        };
    }

    private KandjiUnavailableException unavailable(String what, TryFailedException failure) {
        Instant until = failure.problem().waitUntil();
        return new KandjiUnavailableException(
                "Could not reach Kandji" + what + (until == null ? "" : "; Kandji asks to wait until " + until),
                until == null
                        ? "Run `check` to see whether Kandji answers again, then run the same command again."
                        : "Run the same command again after " + until + ".",
                until != null && RetryPause.isTooLong(until, timing.clock().instant()) ? until : null,
                failure.getCause());
    }

    /** What comes before each try. */
    @FunctionalInterface
    interface Admission {

        /**
         * Returns when the try may be made.
         *
         * @throws InterruptedException when the thread was interrupted
         */
        void await() throws InterruptedException;
    }

    /**
     * One try of a request.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    interface Try<T> {

        /**
         * Makes the try.
         *
         * @throws TryFailedException when it ended badly
         * @throws InterruptedException when the thread was interrupted
         */
        T run() throws InterruptedException;
    }
}
