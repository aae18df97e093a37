package io.kandjietl.demo;

import static io.kandjietl.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.command.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class DemoIntegrationTests {

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path folder;

    @Test
    void itSyncsThenFindsTheSlotPublishedThenShowsWhatChangedAndAnswersQueries() throws Exception {
        assertThat(demo())
                .contains(
                        "Tenant demo, slot ",
                        "published in ",
                        "Mac ",
                        "Details: ",
                        "Rejected: ",
                        "Next:",
                        "_manifests/tenant=demo/");
        assertThat(folder.resolve("lake/_manifests/tenant=demo/_latest.json")).exists();

        assertThat(demo("sync")).containsAnyOf("is published already: nothing was done", "published in ");
        // The fleet takes a step every few seconds, at moments of its own.
        await().untilAsserted(() -> assertThat(demo("--again")).contains("published in ", "hanged:"));
        assertThat(demo("query", "select count(*) as runs from kandji.sync_run"))
                .contains("runs", "1 row");
        assertThat(demo("query", "select nonsense")).contains("column \"nonsense\" does not exist");
        assertThat(demo("query", "delete from kandji.device")).contains("read-only transaction");

        assertThat(demo("query", "sql/query/unassigned-devices.sql")).containsPattern("[1-9]\\d* rows?");
        assertThat(demo("query", "sql/query/who-had-on-a-day.sql", "serial=C02NONE"))
                .contains("unknown serial", "1 row");
        assertThat(demo("query", "sql/query/who-had-on-a-day.sql")).contains("\"ask.serial\"");
    }

    private String demo(String... args) throws Exception {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text, true);
        Demo.run(args, new Surroundings(Map.of("DEMO_DIR", folder.toString()), out, out));
        return text.toString();
    }
}
