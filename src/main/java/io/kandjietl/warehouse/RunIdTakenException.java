package io.kandjietl.warehouse;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;

/** A new run was given an id that another run has: Spring Batch's tables were lost, and the warehouse's were not. */
public final class RunIdTakenException extends FailureException {

    private static final long serialVersionUID = 1L;

    RunIdTakenException(Run run) {
        super(
                ExitCode.CONFIGURATION,
                "Another run has the id " + run.runId() + " in kandji.sync_run: the tables of schema batch were lost or"
                        + " replaced, and their ids begin anew",
                "Set the sequence batch.batch_job_instance_seq beyond the greatest run_id of kandji.sync_run: select"
                        + " setval('batch.batch_job_instance_seq', (select max(run_id) from kandji.sync_run))",
                null);
    }
}
