package io.kandjietl.command;

import com.github.freva.asciitable.AsciiTable;
import io.kandjietl.job.Retention;
import io.kandjietl.job.Retention.Pruned;
import io.kandjietl.warehouse.TenantLease;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prune}: deletes what is older than its period. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = Cli.USAGE,
        description = {
            "Deletes what is older than the periods that KANDJI_RETENTION_HISTORY, _LAKE, _RUNS, _BATCH and _REJECTS set.",
            "Where no period is set, nothing is deleted. What is deleted does not come back: try --dry-run first."
        })
final class PruneCommand implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(PruneCommand.class);

    private final Surroundings surroundings;

    @Option(names = "--dry-run", description = "Tell what would be deleted; change nothing.")
    private boolean dryRun;

    PruneCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return Application.run(surroundings, this::prune);
    }

    private int prune(ConfigurableApplicationContext context) {
        Retention retention = context.getBean(Retention.class);
        if (dryRun) {
            print("Would delete", retention.count());
            return 0;
        }
        try (TenantLease lease = context.getBean(TenantLease.class)) {
            lease.acquire();
            List<Pruned> pruned = retention.prune();
            for (Pruned kind : pruned) {
                if (kind.before() != null) {
                    log.info("Pruned {}: {}, older than {}", kind.kind(), kind.what(), kind.before());
                }
            }
            print("Deleted", pruned);
        }
        return 0;
    }

    private void print(String verb, List<Pruned> pruned) {
        surroundings
                .out()
                .println(AsciiTable.builder()
                        .border(AsciiTable.NO_BORDERS)
                        .data(
                                pruned,
                                List.of(
                                        Columns.text("Kind").with(Pruned::kind),
                                        Columns.text("Setting")
                                                .with(kind -> "KANDJI_RETENTION_"
                                                        + kind.kind().toUpperCase(Locale.ROOT)),
                                        Columns.text("Older than")
                                                .with(kind -> kind.before() == null
                                                        ? "-"
                                                        : kind.before()
                                                                        .toString()
                                                                        .substring(0, 19) + "Z"),
                                        Columns.text(verb).with(Pruned::what)))
                        .asString()
                        .replaceAll("(?m) +$", ""));
        surroundings.out().flush();
    }
}
