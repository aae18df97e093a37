package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What needs neither settings nor database nor network. */
class CliTests {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void withoutACommandTheHelpIsPrintedAsAUsageError() {
        assertThat(run()).isEqualTo(64);
        assertThat(err.toString()).contains("Usage: kandji-etl", "sync", "migrate", "KANDJI_SUBDOMAIN");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpIsAResult() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Usage: kandji-etl", "Exit codes: 0 done, 64 usage");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyCommandHasItsHelp(String name) {
        assertThat(run(name, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: kandji-etl " + name + " ");
    }

    static Set<String> names() {
        return Cli.names();
    }

    @Test
    void aCommandsHelpTellsItsOptions() {
        assertThat(run("sync", "--help")).isZero();
        assertThat(out.toString()).contains("--slot=T", "--again", "--accept-rejects");
    }

    @Test
    void anUnknownCommandOrOptionIsAUsageError() {
        assertThat(run("synchronise")).isEqualTo(64);
        assertThat(run("sync", "--force")).isEqualTo(64);
        assertThat(err.toString()).contains("Unknown option: '--force'");
    }

    @Test
    void aSlotThatIsNoneIsAUsageErrorWithAnExample() {
        assertThat(run("sync", "--slot", "noon")).isEqualTo(64);
        assertThat(err.toString())
                .contains("'noon' is no slot: write it in ISO 8601 with an offset, for example 2026-11-23T12:00Z");
    }

    @Test
    void aSlotAndAgainExcludeEachOther() {
        assertThat(run("sync", "--again", "--slot", "2026-11-23T12:00Z")).isEqualTo(64);
        assertThat(err.toString()).contains("mutually exclusive");
    }

    private int run(String... args) {
        return Cli.run(args, new Surroundings(Map.of(), new PrintWriter(out, true), new PrintWriter(err, true)));
    }
}
