package io.kandjietl.command;

import io.kandjietl.job.UsageException;
import io.kandjietl.warehouse.SyncRun;
import io.kandjietl.warehouse.SyncRuns;

/** Finds the runs that people name on the command line. */
final class RunIds {

    private RunIds() {}

    /**
     * The run of an id.
     *
     * @throws UsageException when the tenant has no such run
     */
    static SyncRun require(SyncRuns runs, String tenant, long runId) {
        return runs.findId(tenant, runId)
                .orElseThrow(() -> new UsageException(
                        "Tenant '" + tenant + "' has no run " + runId, "`status` lists the runs and their ids"));
    }
}
