package io.kandjietl.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.EtlProcess;
import io.kandjietl.support.Installation;
import io.kandjietl.support.S3Gate;
import io.kandjietl.support.S3Gate.Moment;
import io.kandjietl.support.S3Server;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whole runs of the packaged program into a real S3 server. The fleet's file is large enough for an upload in parts. */
class S3FunctionalTests {

    private static final Logger log = LoggerFactory.getLogger(S3FunctionalTests.class);

    private static final int DEVICES = 700;

    /** Characters that nothing compresses much: what no column holds goes into extra as it is. */
    private static final int NOTE = 14_000;

    private static final String SLOT =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static S3Server server;

    @SuppressWarnings("NullAway.Init")
    private static SimulatedTenant tenant;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start(@TempDir Path disk) {
        server = S3Server.start(disk);
        Random random = new Random(11);
        ScriptedFleet fleet = ScriptedFleet.of();
        String[] rows = new String[DEVICES];
        for (int number = 0; number < DEVICES; number++) {
            byte[] note = new byte[NOTE];
            random.nextBytes(note);
            rows[number] = ScriptedFleet.row(
                    String.format("00000000-0000-4000-8000-%012d", number),
                    row -> row.put("note", Base64.getEncoder().encodeToString(note)));
        }
        fleet.append(rows);
        tenant = SimulatedTenant.builder().fleet(fleet).unlimited().start();
    }

    @AfterAll
    static void stop() {
        tenant.close();
        server.close();
    }

    @Test
    void killedAtEveryStepOfPublishingItEndsAsIfNothingHadHappened() throws Exception {
        Installation local = installation("local");
        try (EtlProcess undisturbed = local.start("sync", "--slot", SLOT)) {
            assertThat(undisturbed.exitCode()).as(undisturbed.err()).isZero();
        }
        Target target = new Target();
        try (S3Gate gate = new S3Gate(server.port(), target)) {
            Installation killed = inS3(installation("killed"), gate.port());
            while (!endsUnlessKilled(killed, target)) {
                killed.leaseRunsOut();
            }
            log.warn("{} kills, at: {}", target.seen.size(), target.seen);

            assertThat(target.seen)
                    .as("a file in parts, a small one, two manifests; each asked for, half sent, answered")
                    .hasSizeGreaterThanOrEqualTo(20)
                    .anyMatch(moment -> moment.startsWith("HALF_SENT") && moment.contains("partNumber=2"))
                    .anyMatch(moment -> moment.startsWith("ANSWERED") && moment.endsWith("/_latest.json"));
            assertThat(server.pendingUploads()).as("uploads that nobody ends").isEmpty();
            SortedMap<String, String> objects = server.objects("killed");
            assertThat(objects).isEqualTo(local.files());
            assertThat(killed.lines("select lake_manifest from kandji.sync_run"))
                    .isEqualTo(local.lines("select lake_manifest from kandji.sync_run"));
        }
    }

    /** Whether a run came to its end before any moment that none was killed at before. */
    private static boolean endsUnlessKilled(Installation installation, Target target) throws Exception {
        try (EtlProcess process = installation.start("sync", "--slot", SLOT)) {
            target.process.set(process);
            int code = process.exitCode();
            assertThat(code).as(process.err()).isIn(0, 137);
            return code == 0;
        }
    }

    @Test
    void refusedCredentialsEndTheRunWithTheirRemedyAndAreNotShown() throws Exception {
        Installation refused =
                inS3(installation("refused"), server.port()).with("AWS_SECRET_ACCESS_KEY", "not-the-secret");
        try (EtlProcess process = refused.start("sync")) {
            assertThat(process.exitCode()).as(process.err()).isEqualTo(73);
            assertThat(process.err().lines().reduce("", (before, line) -> line))
                    .contains(
                            "permission denied on ",
                            "(SignatureDoesNotMatch, status 403)",
                            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                            "the warehouse is published already",
                            "(exit 73)");
            assertThat(process.err() + process.out()).doesNotContain("not-the-secret");
        }
        try (EtlProcess check = refused.start("check")) {
            assertThat(check.exitCode()).isEqualTo(73);
            assertThat(check.out()).contains("✗ Lake: ", "(SignatureDoesNotMatch, status 403)");
        }
        refused.with("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
        try (EtlProcess mended = refused.start("restart")) {
            assertThat(mended.exitCode()).as(mended.err()).isZero();
            assertThat(server.objects("refused")).hasSize(4);
        }
    }

    private Installation installation(String name) {
        return new Installation(folder.resolve(name), tenant)
                .with("KANDJI_DETAILS_REQUESTS_PER_RUN", "0")
                .with("KANDJI_PAGE_SIZE", "100");
    }

    private static Installation inS3(Installation installation, int port) {
        String name = String.valueOf(installation.lake().resolveSibling("").getFileName());
        return installation
                .with("LAKE_URI", "s3a://" + S3Server.BUCKET + "/" + name)
                .with("KANDJI_LAKE_S3_ENDPOINT", "http://127.0.0.1:" + port)
                .with("KANDJI_LAKE_S3_PATH_STYLE", "true")
                .with("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY)
                .with("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
    }

    /** Kills a process at the first moment of a kind that it has not seen. */
    private static final class Target implements S3Gate.Watcher {

        final Set<String> seen = Collections.synchronizedSet(new LinkedHashSet<>());
        final AtomicReference<EtlProcess> process = new AtomicReference<>();

        @Override
        public boolean saw(String request, Moment moment) {
            if (!seen.add(moment + " " + request.replaceFirst("uploadId=.*", "uploadId"))) {
                return true;
            }
            try {
                process.get().kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
    }
}
