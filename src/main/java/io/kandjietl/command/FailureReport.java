package io.kandjietl.command;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.job.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells an operator how a command failed: in the log's last line, and where Kubernetes looks for it, in
 * {@code /dev/termination-log}. The stack trace is logged where nobody foresaw the failure, else only at debug.
 */
final class FailureReport implements IExecutionExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(FailureReport.class);

    /** What Kubernetes shows of it at most. */
    private static final int TERMINATION_MESSAGE_LIMIT = 4_096;

    private final Path terminationLog;
    private final Commands commands;

    FailureReport(Surroundings surroundings) {
        this.commands = Commands.of(surroundings.environment());
        this.terminationLog =
                Path.of(surroundings.environment().getOrDefault("KANDJI_TERMINATION_LOG", "/dev/termination-log"));
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        FailureException failure = Failures.explain(thrown);
        if (failure.exitCode() == ExitCode.UNEXPECTED) {
            log.error("Nobody foresaw this:", thrown);
        } else {
            log.debug("What failed:", thrown);
        }
        String message = String.valueOf(failure.getMessage());
        String text = message + (message.contains("\n") ? "\n" : ". ") + commands.spell(failure.remedy()) + " (exit "
                + failure.exitCode().code() + ")";
        log.error(text);
        writeTerminationMessage(text);
        return failure.exitCode().code();
    }

    /** The file is there in a pod only, and a failure must not fail for want of it. */
    private void writeTerminationMessage(String text) {
        if (!Files.isWritable(terminationLog)) {
            return;
        }
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(message.length, TERMINATION_MESSAGE_LIMIT);
        try {
            Files.write(
                    terminationLog,
                    Arrays.copyOf(message, length),
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            log.debug("Unable to write {}", terminationLog, e);
        }
    }
}
