package io.kandjietl.job;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Puts right what a dead process left behind, so that its run can be restarted. Spring Batch asks nobody whether a
 * process is alive: this must only be called while the tenant's lease is held, for a run of that tenant.
 */
final class RunRecovery {

    private static final Logger log = LoggerFactory.getLogger(RunRecovery.class);

    private final JobRepository repository;
    private final JobOperator operator;
    private final Clock clock;

    RunRecovery(JobRepository repository, JobOperator operator, Clock clock) {
        this.repository = repository;
        this.operator = operator;
        this.clock = clock;
    }

    /** Makes the last execution of a run restartable if its process died in it, and sees to it that no step begins anew. */
    void recover(JobInstance instance) {
        JobExecution last = repository.getLastJobExecution(instance);
        if (last == null) {
            log.info("A process died before it began with run {}: beginning anew", instance.getInstanceId());
            repository.deleteJobInstance(instance);
            return;
        }
        if (last.isRunning()) {
            log.info(
                    "Run {} was left {}: it can go on from its last commit",
                    instance.getInstanceId(),
                    last.getStatus());
            operator.recover(last);
        } else if (last.getStatus() == BatchStatus.UNKNOWN) {
            log.info("How run {} ended is unknown: going on from its last commit", instance.getInstanceId());
            last.getStepExecutions().stream()
                    .filter(step -> step.getStatus() == BatchStatus.UNKNOWN
                            || step.getStatus().isRunning())
                    .forEach(step -> {
                        step.setStatus(BatchStatus.FAILED);
                        repository.update(step);
                    });
            last.setStatus(BatchStatus.FAILED);
            last.setEndTime(LocalDateTime.now(clock));
            repository.update(last);
        }
        handDown(instance, last);
    }

    /**
     * Spring Batch commits a step's new execution first, and what it goes on from some commits later: a process that died
     * between the two left one that would begin anew, over what is staged already. It is given what the one before it knew.
     */
    private void handDown(JobInstance instance, JobExecution last) {
        for (StepExecution step : last.getStepExecutions()) {
            StepExecution known = repository.getStepExecution(step.getId());
            if (known != null && known.getExecutionContext().isEmpty()) {
                before(instance, known).ifPresent(earlier -> {
                    log.info("Step {} goes on from where the process before the last one was", step.getStepName());
                    known.setExecutionContext(new ExecutionContext(earlier.getExecutionContext()));
                    repository.updateExecutionContext(known);
                });
            }
        }
    }

    /** The step's newest execution before this one that did not complete and has written down how far it came. */
    private Optional<StepExecution> before(JobInstance instance, StepExecution step) {
        return repository.getJobExecutions(instance).stream()
                .flatMap(execution -> execution.getStepExecutions().stream())
                .filter(other -> other.getStepName().equals(step.getStepName()) && other.getId() < step.getId())
                .sorted(Comparator.comparingLong(StepExecution::getId).reversed())
                .map(other -> repository.getStepExecution(other.getId()))
                .filter(other -> other != null
                        && other.getStatus() != BatchStatus.COMPLETED
                        && !other.getExecutionContext().isEmpty())
                .findFirst();
    }
}
