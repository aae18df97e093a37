package io.kandjietl.support;

import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A small fleet that stands still to the last check-in, and what an undisturbed run of a slot publishes of it: what disturbed
 * runs of the same slot are compared with.
 */
public final class Reference implements AutoCloseable {

    /** How many devices the fleet has, some of them without details or listed as removed. */
    public static final int DEVICES = 330;

    private final String slot = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

    private final SimulatedTenant tenant = SimulatedTenant.builder()
            .fleet(SimulatedFleet.builder().size(DEVICES).seed(7).build())
            .clock(Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC))
            .unlimited()
            .start();

    private final Published published;
    private final long requests;

    /** Runs it undisturbed, in a folder. */
    public Reference(Path folder) throws Exception {
        Installation undisturbed = of(new Installation(folder, tenant));
        int code = undisturbed.run("sync", "--slot", slot).exitCode();
        if (code != 0) {
            throw new IllegalStateException("The undisturbed run ended with " + code);
        }
        published = Published.by(undisturbed);
        requests = tenant.requests().count();
        tenant.requests().clear();
    }

    /** Another installation for the same fleet. */
    public Installation installation(Path folder) {
        return of(new Installation(folder, tenant));
    }

    /** With the settings of the undisturbed one. */
    public Installation of(Installation installation) {
        return installation.with("KANDJI_PAGE_SIZE", "100");
    }

    /** Starts a run of the slot. */
    public EtlProcess start(Installation installation) {
        return installation.start("sync", "--slot", slot);
    }

    /** The tenant, for its faults and its requests. */
    public SimulatedTenant tenant() {
        return tenant;
    }

    /** The slot, as on a command line. */
    public String slot() {
        return slot;
    }

    /** What the undisturbed run published. */
    public Published published() {
        return published;
    }

    /** How many requests it made. */
    public long requests() {
        return requests;
    }

    /** Forgets what the tenant was asked, and lets it fail no more. */
    public void calm() {
        tenant.faults().clear();
        tenant.requests().clear();
    }

    @Override
    public void close() {
        tenant.close();
    }
}
