package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process is to end its work, and why: a signal, an operator's command, a lease that is lost. The first reason
 * counts. The thread at work learns of it wherever it may wait for long: waits are interrupted, a statement that goes on for
 * too long is cancelled, and whatever fails from then on fails for this reason. Asked for from any thread; one thread works.
 */
public final class StopSignal {

    private static final Logger log = LoggerFactory.getLogger(StopSignal.class);

    /** Most publications are done in less; with what comes after it, a stop takes less than 20 seconds. */
    private static final Duration CANCEL_AFTER = Duration.ofSeconds(8);

    /** A statement may begin just after the one that was cancelled. */
    private static final Duration CANCEL_AGAIN = Duration.ofMillis(500);

    private @Nullable FailureException reason;

    private @Nullable Thread interruptible;

    private volatile boolean heeded;

    /** A signal that nobody gave yet. */
    public StopSignal() {}

    /** Says that the work about to begin ends when it is asked to. */
    public void heed() {
        heeded = true;
    }

    /** Whether whoever asks the work to end can wait for it. */
    public boolean isHeeded() {
        return heeded;
    }

    /** Whether somebody asked the work to end. */
    boolean isRequested() {
        return reason() != null;
    }

    /** Asks the work to end. */
    public synchronized void request(FailureException why) {
        if (reason != null) {
            return;
        }
        reason = why;
        log.warn("Stopping. {}", why.getMessage());
        if (interruptible != null) {
            interruptible.interrupt();
        }
        notifyAll();
    }

    /**
     * Returns if nobody asked the work to end.
     *
     * @throws FailureException the reason, if somebody did
     */
    void check() {
        FailureException why = reason();
        if (why != null) {
            throw why;
        }
    }

    /**
     * Does what may wait and can be interrupted. When it returns the thread is not interrupted on this account.
     *
     * @throws FailureException the reason, when the work is to end
     */
    <T extends @Nullable Object> T interruptibly(Supplier<T> wait) {
        begin();
        try {
            return wait.get();
        } catch (RuntimeException e) {
            throw instead(e);
        } finally {
            end();
        }
    }

    /**
     * Does what executes statements. Where the work is to end, they have a while to end by themselves.
     *
     * @param cancel cancels what is executed; may be called several times, from another thread, and while nothing is
     * @throws FailureException the reason, when the work is to end and did not succeed
     */
    <T extends @Nullable Object> T cancellably(Runnable cancel, Supplier<T> statements) {
        check();
        Thread watch = Thread.ofVirtual().name("stop-watch").start(() -> cancelWhenRequested(cancel));
        try {
            return statements.get();
        } catch (RuntimeException e) {
            throw instead(e);
        } finally {
            end(watch);
        }
    }

    private synchronized @Nullable FailureException reason() {
        return reason;
    }

    private synchronized void begin() {
        check();
        interruptible = Thread.currentThread();
    }

    private synchronized void end() {
        interruptible = null;
        if (reason != null) {
            Thread.interrupted(); // What is recorded now must not fail for it.
        }
    }

    /** A verdict on the data stands; any other failure is what a stop brings about. */
    private synchronized RuntimeException instead(RuntimeException thrown) {
        boolean isVerdict =
                thrown instanceof FailureException failure && failure.exitCode() == ExitCode.TOO_MANY_REJECTS;
        if (reason == null || isVerdict) {
            return thrown;
        }
        if (!thrown.equals(reason)) {
            reason.addSuppressed(thrown);
        }
        return reason;
    }

    private void cancelWhenRequested(Runnable cancel) {
        try {
            synchronized (this) {
                while (reason == null) {
                    wait();
                }
            }
            Thread.sleep(CANCEL_AFTER);
            log.warn("Cancelling what the database is at");
            while (true) {
                cancel.run();
                Thread.sleep(CANCEL_AGAIN);
            }
        } catch (InterruptedException e) {
            log.debug("The statements ended by themselves");
        }
    }

    private static void end(Thread watch) {
        watch.interrupt();
        boolean interrupted = false;
        while (watch.isAlive()) {
            try {
                watch.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
