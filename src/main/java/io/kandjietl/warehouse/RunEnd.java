package io.kandjietl.warehouse;

import org.jspecify.annotations.Nullable;

/**
 * How a process ended its work on a run.
 *
 * @param outcome how the run stands; one that was published stays so
 * @param exitCode what the process ends with
 * @param failedStep the step that failed; null when none did
 * @param cause what failed, on what, and why; null when nothing did
 * @param remedy what to do about it; null when nothing is to be done
 * @param over whether nothing will go on with the run: what it staged is deleted then
 */
public record RunEnd(
        Outcome outcome,
        int exitCode,
        @Nullable String failedStep,
        @Nullable String cause,
        @Nullable String remedy,
        boolean over) {}
