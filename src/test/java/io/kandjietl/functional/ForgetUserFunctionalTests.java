package io.kandjietl.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.CommitProxy;
import io.kandjietl.support.CommitProxy.Moment;
import io.kandjietl.support.EtlProcess;
import io.kandjietl.support.Installation;
import io.kandjietl.support.Traces;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that forgets a person, killed with SIGKILL at commits from its first to its last. */
class ForgetUserFunctionalTests {

    private static final Logger log = LoggerFactory.getLogger(ForgetUserFunctionalTests.class);

    private static final String EMAIL = "anna.abt@example.com";
    private static final List<String> WORDS = List.of(EMAIL, "6f0c1a52-0000-4000-8000-00000000000a", "Anna Abt");

    /** Each file of the lake asks the fence, which is a commit: that many of them are passed over from kill to kill. */
    private static final int STEP = 3;

    @TempDir
    private Path folder;

    @Test
    void killedAnywhereItEndsUnderOnePseudonym() throws Exception {
        ScriptedFleet fleet = ScriptedFleet.of();
        for (int number = 0; number < 20; number++) {
            fleet.append(ScriptedFleet.row(
                    String.format("00000000-0000-4000-8000-%012d", number),
                    row -> row.put("asset_tag", "of Anna Abt")
                            .set("user", ScriptedFleet.user(WORDS.get(1), EMAIL, "Anna Abt"))));
        }
        try (SimulatedTenant tenant =
                SimulatedTenant.builder().fleet(fleet).unlimited().start()) {
            Installation installation = new Installation(folder, tenant);
            for (String again : new String[] {"sync", "sync --again"}) {
                try (EtlProcess sync = installation.start(again.split(" "))) {
                    assertThat(sync.exitCode()).as(sync.err()).isZero();
                }
            }
            List<String> counts = counts(installation);
            assertThat(Traces.of(installation, WORDS)).isNotEmpty();

            int kills = 0;
            while (isKilled(installation, kills * STEP)) {
                installation.leaseRunsOut();
                kills++;
            }
            log.warn("{} kills", kills);

            assertThat(kills).isGreaterThan(3);
            assertThat(Traces.of(installation, WORDS)).isEmpty();
            assertThat(counts(installation)).isEqualTo(counts);
            assertThat(installation.lines("select pseudonym from kandji.erasure"))
                    .isEqualTo(installation.lines("select distinct user_email from kandji.device_assignment"
                            + " where access_type = 'assigned_user'"));
        }
    }

    private static List<String> counts(Installation installation) {
        return installation.lines("select count(*) || ' ' || count(distinct assignee_key)"
                + " from kandji.device_assignment group by access_type order by 1");
    }

    /** Whether the nth moment of a commit came, at which it was killed. */
    private static boolean isKilled(Installation installation, int moment) throws Exception {
        AtomicInteger left = new AtomicInteger(moment);
        CompletableFuture<EtlProcess> started = new CompletableFuture<>();
        try (CommitProxy proxy = new CommitProxy(
                installation.database().port(),
                seen -> seen == Moment.MESSAGE || left.getAndDecrement() != 0 || !kill(started))) {
            installation.with(
                    "SPRING_DATASOURCE_URL",
                    installation.database().url().replaceFirst(":\\d+/", ":" + proxy.port() + "/"));
            try (EtlProcess process = installation.start("forget-user", "--email", EMAIL)) {
                started.complete(process);
                int code = process.exitCode();
                assertThat(code).as(process.err()).isIn(0, 137, 64);
                if (code == 64) {
                    assertThat(installation.lines("select count(*) from kandji.erasure"))
                            .as("killed after its last commit: it was done")
                            .containsExactly("1");
                }
                return code == 137;
            }
        }
    }

    private static boolean kill(CompletableFuture<EtlProcess> started) {
        try {
            started.join().kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
