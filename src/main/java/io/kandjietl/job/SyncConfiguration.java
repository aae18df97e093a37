package io.kandjietl.job;

import com.zaxxer.hikari.HikariDataSource;
import io.kandjietl.kandji.KandjiClient;
import io.kandjietl.warehouse.AccessHistory;
import io.kandjietl.warehouse.Erasures;
import io.kandjietl.warehouse.HeldArchivals;
import io.kandjietl.warehouse.LeaseTimes;
import io.kandjietl.warehouse.Pruning;
import io.kandjietl.warehouse.PublishedRows;
import io.kandjietl.warehouse.RejectedRecords;
import io.kandjietl.warehouse.RequestLedger;
import io.kandjietl.warehouse.SyncRuns;
import io.kandjietl.warehouse.TenantLease;
import io.kandjietl.warehouse.WarehousePublication;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.util.function.LongSupplier;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.batch.autoconfigure.observation.BatchObservationAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.retry.backoff.Sleeper;
import org.springframework.retry.backoff.ThreadWaitSleeper;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What a run is made of: settings, lease, warehouse, lake, and the job itself. Who starts it gives the {@link StopSignal} and the {@link ProgressDisplay}. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    TransactionManagerCustomizationAutoConfiguration.class,
    BatchJdbcAutoConfiguration.class,
    BatchObservationAutoConfiguration.class
})
@Import({SyncJobConfiguration.class, TelemetryConfiguration.class})
public class SyncConfiguration {

    /**
     * Reads the settings before anything is made of them, so that what is wrong with them is told first and at once.
     *
     * @throws ConfigurationException when any is missing or wrong
     */
    public static void readSettings(ConfigurableApplicationContext context) {
        Settings settings = new SettingsReader(context.getEnvironment()).read();
        LogFields.begin(settings.tenant());
        context.getBeanFactory().registerSingleton("settings", settings);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** For durations. */
    @Bean
    LongSupplier ticker() {
        return System::nanoTime;
    }

    /** Waits in earnest: for requests, and between them. */
    @Bean
    Sleeper sleeper() {
        return new ThreadWaitSleeper();
    }

    @Bean
    Progress progress(ProgressDisplay display, KandjiClient client, Settings settings, LongSupplier ticker) {
        return new Progress(display, client::requests, settings.budget().requestsPerHour(), ticker);
    }

    @Bean
    KandjiClient kandjiClient(
            Settings settings,
            Clock clock,
            LongSupplier ticker,
            Sleeper sleeper,
            LedgerBudget budget,
            ObservationRegistry observations) {
        return new KandjiClient(settings.kandji(), clock, ticker, sleeper, budget, observations);
    }

    @Bean
    LedgerBudget ledgerBudget(
            Settings settings, TenantLease lease, OwnConnection ledgerConnection, Clock clock, Sleeper sleeper) {
        RequestLedger ledger = new RequestLedger(settings.tenant(), ledgerConnection.dataSource(), lease, clock);
        return new LedgerBudget(settings.tenant(), settings.budget(), ledger, clock, sleeper);
    }

    /** Migrating is a step of a command, not of the context's start; beside the pool, so that a pool of one is enough. */
    @Bean
    Schema schema(HikariDataSource pool, Settings settings) {
        DriverManagerDataSource beside = new DriverManagerDataSource(pool.getJdbcUrl(), pool.getDataSourceProperties());
        beside.setUsername(pool.getUsername());
        beside.setPassword(pool.getPassword());
        return new Schema(beside, settings.migrateOnStart());
    }

    @Bean
    TenantLease tenantLease(Settings settings, HikariDataSource pool, OwnConnection leaseConnection) {
        String holder =
                settings.runBy() + ", process " + ProcessHandle.current().pid();
        return new TenantLease(settings.tenant(), holder, pool, leaseConnection.dataSource(), LeaseTimes.STANDARD);
    }

    /** For the heartbeat, which no chunk delays. */
    @Bean
    OwnConnection leaseConnection(HikariDataSource pool) {
        return OwnConnection.beside(pool, "lease");
    }

    /** For the reader of the details' worklist: a chunk's transaction keeps what it reads with until it ends. */
    @Bean
    OwnConnection worklistConnection(HikariDataSource pool) {
        return OwnConnection.beside(pool, "worklist");
    }

    /** For debits: a chunk may wait for a page, and the page for its debit, so no debit waits for a chunk's connection. */
    @Bean
    OwnConnection ledgerConnection(HikariDataSource pool) {
        return OwnConnection.beside(pool, "ledger");
    }

    @Bean
    SyncRuns syncRuns(JdbcClient jdbc, PlatformTransactionManager transactionManager, TenantLease lease, Clock clock) {
        return new SyncRuns(jdbc, new TransactionTemplate(transactionManager), lease, clock);
    }

    @Bean
    RunRecorder runRecorder(SyncRuns runs, Settings settings, LedgerBudget budget) {
        return new RunRecorder(runs, settings, budget);
    }

    @Bean
    WarehousePublication warehousePublication(JdbcClient jdbc, TenantLease lease, Clock clock) {
        return new WarehousePublication(jdbc, lease, clock);
    }

    @Bean
    PublishedRows publishedRows(HikariDataSource pool) {
        return new PublishedRows(pool);
    }

    @Bean
    HeldArchivals heldArchivals(
            JdbcClient jdbc, PlatformTransactionManager transactionManager, TenantLease lease, Clock clock) {
        return new HeldArchivals(jdbc, new TransactionTemplate(transactionManager), lease, clock);
    }

    @Bean
    RejectedRecords rejectedRecords(HikariDataSource pool) {
        return new RejectedRecords(pool);
    }

    @Bean
    Retention retention(
            Settings settings,
            JdbcClient jdbc,
            PlatformTransactionManager transactionManager,
            TenantLease lease,
            Clock clock) {
        Pruning pruning = new Pruning(jdbc, new TransactionTemplate(transactionManager), lease, settings.tenant());
        return new Retention(settings.retention(), settings.openLake(), settings.tenant(), pruning, clock);
    }

    @Bean
    Erasure erasure(
            Settings settings,
            HikariDataSource pool,
            PlatformTransactionManager transactionManager,
            TenantLease lease,
            Clock clock) {
        Erasures erasures =
                new Erasures(pool, new TransactionTemplate(transactionManager), lease, settings.tenant(), clock);
        return new Erasure(erasures, settings.openLake(), lease, settings.tenant(), settings.runBy());
    }

    @Bean
    AccessHistory accessHistory(JdbcClient jdbc) {
        return new AccessHistory(jdbc);
    }

    @Bean
    PublishWarehouseTasklet publishWarehouseTasklet(
            WarehousePublication publication, Settings settings, HikariDataSource pool, StopSignal stop) {
        return new PublishWarehouseTasklet(publication, settings.rejects(), settings.guard(), pool, stop);
    }

    @Bean
    PublishLakeTasklet publishLakeTasklet(
            Settings settings,
            PublishedRows rows,
            SyncRuns runs,
            TenantLease lease,
            PlatformTransactionManager transactionManager,
            HikariDataSource pool,
            StopSignal stop,
            Progress progress) {
        TransactionTemplate snapshot = new TransactionTemplate(transactionManager);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        return new PublishLakeTasklet(settings.openLake(), rows, runs, lease, snapshot, pool, stop, progress);
    }

    @Bean
    StepReports stepReports(JobRepository repository) {
        return new StepReports(repository);
    }

    @Bean
    RunAbandonment runAbandonment(SyncRuns runs, JobRepository repository, JobOperator operator, Clock clock) {
        return new RunAbandonment(runs, repository, operator, clock);
    }

    @Bean
    SyncRunner syncRunner(
            Settings settings,
            Clock clock,
            Schema schema,
            TenantLease lease,
            SyncRuns runs,
            JdbcClient jdbc,
            LedgerBudget budget,
            JobRepository repository,
            JobOperator operator,
            Job syncJob,
            StopSignal stop,
            Retention retention) {
        return new SyncRunner(
                settings, clock, schema, lease, runs, jdbc, budget, repository, operator, syncJob, stop, retention);
    }
}
