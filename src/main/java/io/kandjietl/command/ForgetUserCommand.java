package io.kandjietl.command;

import com.github.freva.asciitable.AsciiTable;
import io.kandjietl.job.Erasure;
import io.kandjietl.job.Erasure.Traces;
import io.kandjietl.job.UsageException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code forget-user}: takes a person out of tables and files. */
@Command(
        name = "forget-user",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = Cli.USAGE,
        description = {
            "Puts one random pseudonym in the place of a person's id, e-mail and name, in tables, rejected records and files;",
            "so counts and periods stay. There is no way back: try --dry-run first. Kandji itself, backups and other copies",
            "of the lake are not touched."
        })
final class ForgetUserCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Surroundings surroundings;

    @Option(
            names = "--email",
            required = true,
            paramLabel = "E",
            description = "The person's e-mail, in whatever case.")
    private String email = "";

    @Option(names = "--dry-run", description = "Tell where the person is; change nothing.")
    private boolean dryRun;

    @Option(
            names = "--tables-only",
            description = "Though LAKE_URI is none and runs were published to a lake: its files are gone.")
    private boolean tablesOnly;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    ForgetUserCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (email.isBlank() || email.strip().contains(" ")) {
            throw new UsageException("What --email names is no e-mail", "Write it as `forget-user --email E`");
        }
        return Application.run(surroundings, this::forget);
    }

    private int forget(ConfigurableApplicationContext context) {
        Erasure erasure = context.getBean(Erasure.class);
        print(dryRun ? erasure.count(email, tablesOnly) : erasure.forget(email, tablesOnly));
        return 0;
    }

    private void print(Traces traces) {
        PrintWriter out = surroundings.out();
        if (json) {
            ObjectNode line = JSON.createObjectNode().put("pseudonym", traces.pseudonym());
            ObjectNode rows = line.putObject("rows");
            traces.rows().forEach(rows::put);
            line.put("files", traces.files()).put("open", traces.open());
            out.println(JSON.writeValueAsString(line));
            out.flush();
            return;
        }
        List<Map.Entry<String, Long>> places = new ArrayList<>(traces.rows().entrySet());
        places.add(Map.entry("files of the lake", traces.files()));
        out.println(AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .data(
                        places,
                        List.of(
                                Columns.text("Where").with(Map.Entry::getKey),
                                Columns.number(traces.pseudonym() == null ? "Would change" : "Changed")
                                        .with(place -> String.format(Locale.ROOT, "%,d", place.getValue()))))
                .asString()
                .replaceAll("(?m) +$", ""));
        if (traces.pseudonym() != null) {
            out.println("The person stands there as " + traces.pseudonym() + " now");
        }
        if (traces.open() > 0) {
            surroundings.say(String.format(
                    Locale.ROOT,
                    "%,d of the assignments are what Kandji told last. The next runs bring back what is still so there: let it"
                            + " be changed there first, and a run publish that (`sync --again`)",
                    traces.open()));
        }
        out.flush();
    }
}
