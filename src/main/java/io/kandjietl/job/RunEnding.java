package io.kandjietl.job;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.warehouse.Outcome;
import io.kandjietl.warehouse.RunEnd;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;

/** Tells what the end of a job means to an operator. */
final class RunEnding {

    private RunEnding() {}

    /** The failure of an execution that did not complete. */
    static FailureException failure(JobExecution execution) {
        return Stream.concat(
                        execution.getStepExecutions().stream().flatMap(step -> step.getFailureExceptions().stream()),
                        execution.getFailureExceptions().stream())
                .map(Failures::explain)
                .min(Comparator.comparing(failure -> failure.exitCode() == ExitCode.UNEXPECTED))
                .orElseGet(() -> new FailureException(
                        ExitCode.UNEXPECTED,
                        "The job ended as " + execution.getExitStatus().getExitCode() + " without saying why",
                        "If it fails again, report it with the log",
                        null));
    }

    /** With the command that goes on with this very run: the same command would begin another one after {@code --again}. */
    static FailureException withCommand(FailureException failure, long runId) {
        if (failure.exitCode() == ExitCode.TOO_MANY_REJECTS) {
            return failure;
        }
        return new FailureException(
                failure.exitCode(),
                String.valueOf(failure.getMessage()),
                failure.remedy().replaceFirst("[.]$", "") + ". To go on with this run: `restart " + runId + "`",
                failure);
    }

    /** How a run that failed or was stopped is recorded. */
    static RunEnd end(FailureException failure, @Nullable String failedStep) {
        return new RunEnd(
                failure.getCause() instanceof StoppedException ? Outcome.STOPPED : Outcome.FAILED,
                failure.exitCode().code(),
                failedStep,
                failure.getMessage(),
                failure.remedy(),
                failure.exitCode() == ExitCode.TOO_MANY_REJECTS);
    }

    static @Nullable String failedStep(JobExecution execution) {
        return execution.getStepExecutions().stream()
                .filter(step -> step.getStatus() != BatchStatus.COMPLETED)
                .map(StepExecution::getStepName)
                .findFirst()
                .orElse(null);
    }
}
