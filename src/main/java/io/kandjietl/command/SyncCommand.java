package io.kandjietl.command;

import io.kandjietl.job.Slot;
import io.kandjietl.job.SyncRequest;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sync}: runs the job for a slot, or goes on with it. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = Cli.USAGE,
        description = {
            "Observes the fleet and publishes it: runs the job for the slot that now is in.",
            "A run that failed, or whose process died, goes on where it stopped. A run that is finished is not"
                    + " repeated: --again observes anew."
        })
final class SyncCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @ArgGroup
    private @Nullable Which which;

    @Option(
            names = "--accept-rejects",
            description = "Publish however many records are rejected: their devices keep their last good rows.")
    private boolean acceptRejects;

    @Option(
            names = "--full-details",
            description = "Ask for every device's details, however young they are, as far as the budget allows.")
    private boolean fullDetails;

    SyncCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Slot slot = which == null ? null : which.slot;
        SyncRequest request = new SyncRequest(slot, which != null && which.again, acceptRejects, fullDetails);
        request.checkNotAhead(Instant.now());
        surroundings.stop().heed();
        RunAttempt attempt = new RunAttempt(surroundings);
        return attempt.start(context -> attempt.run(context, request));
    }

    /** A slot, or a new one: not both. */
    private static final class Which {

        @Option(
                names = "--slot",
                paramLabel = "T",
                converter = SlotConverter.class,
                description =
                        "The slot to run, in ISO 8601: 2026-11-23T12:00Z. Default: now, rounded down to two hours.")
        private @Nullable Slot slot;

        @Option(
                names = "--again",
                description = "Observe anew, although the slot may be published: the run stands for this second.")
        private boolean again;
    }
}
