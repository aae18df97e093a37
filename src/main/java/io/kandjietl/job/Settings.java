package io.kandjietl.job;

import io.kandjietl.kandji.KandjiSettings;
import io.kandjietl.lake.Lake;
import io.kandjietl.lake.LakeUri;
import io.kandjietl.lake.S3Settings;
import io.kandjietl.telemetry.TelemetrySettings;
import io.kandjietl.warehouse.ArchivalGuard;
import io.kandjietl.warehouse.RejectLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a run, checked.
 *
 * @param tenant what the tenant is called in tables and paths
 * @param kandji how its API is asked
 * @param budget how much may be asked of it
 * @param lake where files go
 * @param s3 how they go there where it is in S3
 * @param rejects how many rejected records are too many
 * @param guard how many devices are too many to be archived at once
 * @param details how many devices' details are asked for
 * @param retention how long what is kept
 * @param telemetry where metrics and traces go
 * @param slotLength how long a slot lives
 * @param migrateOnStart whether a run brings the database's schema up to date
 * @param jobName the Kubernetes Job that this process belongs to, or null
 * @param runBy the pod or host
 */
public record Settings(
        String tenant,
        KandjiSettings kandji,
        BudgetLimits budget,
        LakeUri lake,
        S3Settings s3,
        RejectLimits rejects,
        ArchivalGuard guard,
        DetailsSettings details,
        RetentionSettings retention,
        TelemetrySettings telemetry,
        Duration slotLength,
        boolean migrateOnStart,
        @Nullable String jobName,
        String runBy) {

    /** The lake; null when nothing is published to one. Nothing is asked of it yet. */
    public @Nullable Lake openLake() {
        return lake.isNone() ? null : Lake.at(lake, s3);
    }
}
