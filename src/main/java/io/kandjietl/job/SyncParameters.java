package io.kandjietl.job;

import io.kandjietl.warehouse.Run;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * The job's parameters. Tenant and slot identify the run, and nothing else does: so the same command, or a retried pod,
 * comes to the same run.
 *
 * @param tenant the tenant
 * @param slot the slot
 * @param acceptRejects whether rejected records are published around however many they are; of this start only
 * @param fullDetails whether details are asked for however young they are; of this start only
 */
record SyncParameters(String tenant, Slot slot, boolean acceptRejects, boolean fullDetails) {

    private static final String TENANT = "tenant";
    private static final String SLOT = "slot";
    private static final String ACCEPT_REJECTS = "acceptRejects";
    private static final String FULL_DETAILS = "fullDetails";

    static SyncParameters of(JobParameters parameters) {
        return new SyncParameters(
                required(parameters, TENANT),
                Slot.parse(required(parameters, SLOT)),
                Boolean.parseBoolean(parameters.getString(ACCEPT_REJECTS)),
                Boolean.parseBoolean(parameters.getString(FULL_DETAILS)));
    }

    static Run run(JobExecution execution) {
        SyncParameters parameters = of(execution.getJobParameters());
        return new Run(
                execution.getJobInstanceId(),
                parameters.tenant(),
                parameters.slot().instant());
    }

    JobParameters toJobParameters() {
        return new JobParametersBuilder()
                .addString(TENANT, tenant)
                .addString(SLOT, slot.toString())
                .addString(ACCEPT_REJECTS, String.valueOf(acceptRejects), false)
                .addString(FULL_DETAILS, String.valueOf(fullDetails), false)
                .toJobParameters();
    }

    private static String required(JobParameters parameters, String name) {
        String value = parameters.getString(name);
        if (value == null) {
            throw new IllegalArgumentException("The job was started without its parameter '" + name + "'");
        }
        return value;
    }
}
