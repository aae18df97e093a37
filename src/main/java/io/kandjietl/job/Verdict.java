package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;

/**
 * What a check found.
 *
 * @param subject what was checked
 * @param exitCode {@link ExitCode#OK}, or what a run would end with because of it
 * @param found what was found: the good state, or what is wrong
 * @param remedy what to do about it; empty when nothing is to be done
 */
public record Verdict(String subject, ExitCode exitCode, String found, String remedy) {

    static Verdict good(String subject, String found) {
        return new Verdict(subject, ExitCode.OK, found, "");
    }

    static Verdict bad(String subject, Throwable thrown) {
        FailureException failure = Failures.explain(thrown);
        return new Verdict(subject, failure.exitCode(), String.valueOf(failure.getMessage()), failure.remedy());
    }

    /** Whether a run could go on. */
    public boolean isGood() {
        return exitCode == ExitCode.OK;
    }
}
