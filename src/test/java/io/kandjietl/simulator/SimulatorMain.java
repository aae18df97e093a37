package io.kandjietl.simulator;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A simulated tenant as a process of its own, so that real processes can be run against it. Prints the settings that point
 * the program at it, {@code KANDJI_BASE_URL} and {@code KANDJI_API_TOKEN}, a line each, and serves until it is ended.
 */
@Command(
        name = "simulator",
        description = "Serves a simulated Kandji tenant on the loopback interface until it is ended.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class SimulatorMain implements Callable<Integer> {

    @Option(names = "--devices", description = "how many devices the list shows, within 2 %%")
    private int devices = 500;

    @Option(names = "--seed", description = "which fleet and which token")
    private long seed = 1;

    @Option(names = "--port", description = "0 lets the system choose")
    private int port;

    @Option(names = "--subdomain", description = "the tenant's name")
    private String subdomain = "demo";

    @Option(names = "--pace", description = "how many times faster than life the fleet changes")
    private int pace = 1;

    @Option(names = "--frozen-at", description = "the instant that the picture shows for ever: 2026-11-23T12:00:00Z")
    private @Nullable Instant frozenAt;

    @Option(names = "--now", description = "the instant that the clock starts from, instead of the machine's")
    private @Nullable Instant now;

    @Option(names = "--other-platforms", description = "Windows and Android are managed, too")
    private boolean otherPlatforms;

    @Option(names = "--bad-per-thousand", description = "how many rows in a thousand can't be used")
    private int badPerThousand = 6;

    @Option(names = "--requests-per-hour", description = "0 for no limit")
    private int requestsPerHour = 10_000;

    @Option(names = "--requests-per-second", description = "0 for no limit")
    private int requestsPerSecond = 50;

    @Option(names = "--used-by-others", description = "how much of each hour other integrations use")
    private int usedByOthers;

    @Option(names = "--answer-time", description = "how long each answer takes: PT0.3S")
    private Duration answerTime = Duration.ZERO;

    @Spec
    private @Nullable CommandSpec spec;

    private SimulatorMain() {}

    /** Starts the tenant. Returns while it goes on serving; ends the process only when the arguments are wrong. */
    public static void main(String[] args) {
        int code = new CommandLine(new SimulatorMain()).execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() {
        SimulatedTenant tenant = start();
        tenant.usedByOthers(usedByOthers);
        PrintWriter out =
                spec == null ? new PrintWriter(System.out) : spec.commandLine().getOut();
        out.println("KANDJI_BASE_URL=" + tenant.baseUri());
        out.println("KANDJI_API_TOKEN=" + tenant.token());
        out.flush();
        return 0;
    }

    private SimulatedTenant start() {
        return SimulatedTenant.builder()
                .subdomain(subdomain)
                .seed(seed)
                .port(port)
                .fleet(fleet())
                .clock(clock())
                .limits(requestsPerHour, requestsPerSecond)
                .answerTime(answerTime)
                .start();
    }

    private SimulatedFleet fleet() {
        SimulatedFleet.Builder fleet =
                SimulatedFleet.builder().size(devices).seed(seed).pace(pace).badPerThousand(badPerThousand);
        if (frozenAt != null) {
            fleet.frozenAt(frozenAt);
        }
        return (otherPlatforms ? fleet.otherPlatforms() : fleet).build();
    }

    private Clock clock() {
        Clock machine = Clock.systemUTC();
        return now == null ? machine : Clock.offset(machine, Duration.between(machine.instant(), now));
    }
}
