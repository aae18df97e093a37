package io.kandjietl.job;

import io.kandjietl.kandji.DeviceListReader;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * How far a run came, as Spring Batch knows it.
 *
 * @param repository where it keeps that
 */
record RunHistory(JobRepository repository) {

    /** Whether its process died after the job and before it was recorded how the run ended. */
    boolean isJobComplete(JobInstance instance) {
        JobExecution last = repository.getLastJobExecution(instance);
        return last != null && last.getStatus() == BatchStatus.COMPLETED;
    }

    /** Whether it knows all devices that the listing shows, so that it can go on though its slot has passed. */
    boolean isListingComplete(JobInstance instance) {
        StepExecution extract = repository.getLastStepExecution(instance, SyncJobConfiguration.EXTRACT_DEVICES);
        return extract != null
                && (extract.getStatus() == BatchStatus.COMPLETED
                        || DeviceListReader.isListingComplete(extract.getExecutionContext()));
    }
}
