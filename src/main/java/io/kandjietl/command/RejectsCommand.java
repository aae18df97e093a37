package io.kandjietl.command;

import io.kandjietl.job.Settings;
import io.kandjietl.warehouse.RejectedRecords;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rejects}: lists what could not be used, and what today's normalizer says of it. */
@Command(
        name = "rejects",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = Cli.USAGE,
        description = {
            "Lists the records that a run could not use: which device, where in the record, and why.",
            "Their devices keep their last good rows."
        })
final class RejectsCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Option(
            names = "--run",
            paramLabel = "RUN_ID",
            description = "Of which run. Default: the newest one that rejected any.")
    private @Nullable Long run;

    @Option(
            names = "--try",
            description = "Try each record with the normalizer of this version: would it be accepted now?")
    private boolean tryAgain;

    @Option(names = "--json", description = "One JSON object a line, payloads included, all of them.")
    private boolean json;

    RejectsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return Application.run(surroundings, this::list);
    }

    private int list(ConfigurableApplicationContext context) {
        String tenant = context.getBean(Settings.class).tenant();
        RejectedRecords records = context.getBean(RejectedRecords.class);
        TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        transaction.setReadOnly(true);
        OptionalLong runId = run == null ? OptionalLong.empty() : OptionalLong.of(run);
        RejectsReport report = json
                ? new RejectsReport.Lines(surroundings.out())
                : new RejectsReport.Table(surroundings.out(), tryAgain);
        transaction.executeWithoutResult(status -> records.forEach(
                tenant, runId, rejected -> report.add(rejected, tryAgain ? RejectedRetrial.verdict(rejected) : null)));
        report.end();
        return 0;
    }
}
