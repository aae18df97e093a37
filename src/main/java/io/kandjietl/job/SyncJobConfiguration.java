package io.kandjietl.job;

import io.kandjietl.device.NormalizedRecord;
import io.kandjietl.device.TriedDetails;
import io.kandjietl.kandji.AskedDetails;
import io.kandjietl.kandji.DetailsFetcher;
import io.kandjietl.kandji.DeviceListReader;
import io.kandjietl.kandji.KandjiClient;
import io.kandjietl.kandji.ListedDevice;
import io.kandjietl.normalize.DetailsProcessor;
import io.kandjietl.normalize.DeviceProcessor;
import io.kandjietl.warehouse.DetailsStagingWriter;
import io.kandjietl.warehouse.DetailsWorklist;
import io.kandjietl.warehouse.Run;
import io.kandjietl.warehouse.StagingWriter;
import io.kandjietl.warehouse.SyncRuns;
import io.kandjietl.warehouse.TenantLease;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.retry.backoff.Sleeper;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job {@code kandji-sync}: a device's way from a page of the listing, and its details, to the warehouse and the lake; and that of
 * a device that no page shows.
 *
 * <p>A chunk is a page, or some details. What is durable happens in a chunk's or a step's own transaction, never in {@code close()} or
 * after a step, where Spring Batch swallows what goes wrong.
 */
@Configuration(proxyBeanMethods = false)
class SyncJobConfiguration {

    static final String JOB = "kandji-sync";
    static final String EXTRACT_DEVICES = "extractDevices";
    static final String CONFIRM_ABSENCES = "confirmAbsences";
    static final String EXTRACT_DETAILS = "extractDetails";
    static final String PUBLISH_WAREHOUSE = "publishWarehouse";
    static final String PUBLISH_LAKE = "publishLake";

    @Bean
    Job syncJob(
            JobRepository repository,
            RunRecorder recorder,
            RunWatch watch,
            Step extractDevices,
            Step confirmAbsences,
            Step extractDetails,
            Step publishWarehouse,
            Step publishLake) {
        return new JobBuilder(JOB, repository)
                .listener(recorder)
                .listener(watch)
                .start(extractDevices)
                .next(confirmAbsences)
                .next(extractDetails)
                .next(publishWarehouse)
                .next(publishLake)
                .build();
    }

    @Bean
    Step extractDevices(
            JobRepository repository,
            PlatformTransactionManager transactionManager,
            Settings settings,
            DeviceListReader reader,
            DeviceProcessor processor,
            StagingWriter writer,
            StopSignal stop,
            Progress progress,
            SyncRuns runs) {
        return new StepBuilder(EXTRACT_DEVICES, repository)
                .<ListedDevice, NormalizedRecord>chunk(settings.kandji().pageSize())
                .transactionManager(transactionManager)
                .reader(new ObservedReader<>(
                        reader, stop, progress, () -> runs.devicesListedLast(settings.tenant()), row -> 1))
                .processor(processor)
                .writer(writer)
                .listener(progress)
                .build();
    }

    /** What is not confirmed waits for the next slot, and the step ends well. */
    @Bean
    Step confirmAbsences(
            JobRepository repository,
            PlatformTransactionManager transactionManager,
            AbsenceReader absenceReader,
            DetailsProcessor detailsProcessor,
            DetailsStagingWriter detailsStagingWriter,
            StopSignal stop,
            Progress progress) {
        return new StepBuilder(CONFIRM_ABSENCES, repository)
                .<AskedDetails, TriedDetails>chunk(AbsenceReader.MOST_BETWEEN_WITNESSES)
                .transactionManager(transactionManager)
                .reader(new ObservedReader<>(absenceReader, stop, progress, absenceReader::expected, answer -> 1))
                .processor(detailsProcessor)
                .writer(detailsStagingWriter)
                .listener(progress)
                .build();
    }

    /**
     * Details are an enrichment: what is not answered waits for the next slot, and the step ends well. A chunk is one batch, so
     * that it is committed as soon as it is answered.
     */
    @Bean
    Step extractDetails(
            JobRepository repository,
            PlatformTransactionManager transactionManager,
            DetailsReader detailsReader,
            DetailsProcessor detailsProcessor,
            DetailsStagingWriter detailsStagingWriter,
            StopSignal stop,
            Progress progress) {
        return new StepBuilder(EXTRACT_DETAILS, repository)
                .<List<AskedDetails>, List<TriedDetails>>chunk(1)
                .transactionManager(transactionManager)
                .reader(new ObservedReader<>(detailsReader, stop, progress, detailsReader::expected, List::size))
                .processor(
                        batch -> batch.stream().map(detailsProcessor::process).toList())
                .writer(batches -> detailsStagingWriter.write(new Chunk<>(
                        batches.getItems().stream().flatMap(List::stream).toList())))
                .listener(progress)
                .build();
    }

    @Bean
    Step publishWarehouse(
            JobRepository repository,
            PlatformTransactionManager transactionManager,
            PublishWarehouseTasklet tasklet,
            Progress progress) {
        return new StepBuilder(PUBLISH_WAREHOUSE, repository)
                .tasklet(tasklet, transactionManager)
                .listener(progress)
                .build();
    }

    /** Without a transaction around it: writing files takes long, and its tasklet reads in a transaction of its own. */
    @Bean
    Step publishLake(JobRepository repository, PublishLakeTasklet tasklet, Progress progress) {
        return new StepBuilder(PUBLISH_LAKE, repository)
                .tasklet(tasklet, new ResourcelessTransactionManager())
                .listener(progress)
                .build();
    }

    @Bean(destroyMethod = "")
    @StepScope
    DeviceListReader deviceListReader(KandjiClient client) {
        return new DeviceListReader(client);
    }

    @Bean
    DeviceProcessor deviceProcessor() {
        return new DeviceProcessor();
    }

    @Bean
    @StepScope
    StagingWriter stagingWriter(
            DataSource dataSource, TenantLease lease, Clock clock, @Value("#{stepExecution}") StepExecution step) {
        return new StagingWriter(dataSource, lease, clock, SyncParameters.run(step.getJobExecution()));
    }

    @Bean(destroyMethod = "")
    @StepScope
    AbsenceReader absenceReader(
            Function<Run, DetailsWorklist> worklists,
            KandjiClient client,
            Settings settings,
            Clock clock,
            @Value("#{stepExecution}") StepExecution step) {
        return new AbsenceReader(
                worklists.apply(SyncParameters.run(step.getJobExecution())),
                new DetailsFetcher(client, settings.details().concurrent(), clock),
                settings.guard(),
                tooOldBefore(settings, clock, step),
                AbsenceReader.TIME_LIMIT.toSeconds() * settings.kandji().requestsPerSecond(),
                clock);
    }

    @Bean(destroyMethod = "")
    @StepScope
    DetailsReader detailsReader(
            Function<Run, DetailsWorklist> worklists,
            KandjiClient client,
            Settings settings,
            Clock clock,
            Sleeper sleeper,
            @Value("#{stepExecution}") StepExecution step) {
        DetailsSettings details = settings.details();
        return new DetailsReader(
                worklists.apply(SyncParameters.run(step.getJobExecution())),
                new DetailsFetcher(client, details.concurrent(), clock),
                details,
                tooOldBefore(settings, clock, step),
                SyncParameters.of(step.getJobExecution().getJobParameters())
                        .slot()
                        .instant()
                        .plus(settings.slotLength()),
                details.most(settings.kandji().requestsPerSecond()),
                clock,
                sleeper);
    }

    /** The worklist of a run. */
    @Bean
    Function<Run, DetailsWorklist> worklists(
            JdbcClient jdbc,
            PlatformTransactionManager transactionManager,
            TenantLease lease,
            OwnConnection worklistConnection) {
        JdbcClient aside = JdbcClient.create(worklistConnection.dataSource());
        return run -> new DetailsWorklist(jdbc, aside, transactionManager, lease, run);
    }

    private static Instant tooOldBefore(Settings settings, Clock clock, StepExecution step) {
        SyncParameters parameters = SyncParameters.of(step.getJobExecution().getJobParameters());
        return parameters.fullDetails()
                ? clock.instant()
                : settings.details().tooOldBefore(parameters.slot(), settings.slotLength());
    }

    @Bean
    DetailsProcessor detailsProcessor() {
        return new DetailsProcessor();
    }

    @Bean
    @StepScope
    DetailsStagingWriter detailsStagingWriter(
            DataSource dataSource, TenantLease lease, Clock clock, @Value("#{stepExecution}") StepExecution step) {
        return new DetailsStagingWriter(dataSource, lease, clock, SyncParameters.run(step.getJobExecution()));
    }
}
