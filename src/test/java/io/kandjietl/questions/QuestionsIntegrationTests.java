package io.kandjietl.questions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each file of {@code sql/query/} is asked as the page shows it, in the tables and in the files of one story, and answers
 * what the page shows. {@code -Dquestions.write=true} writes the answers into the page instead, to be read before they are
 * believed.
 */
class QuestionsIntegrationTests {

    private static final Path PAGE = Path.of("src/docs/questions.md");
    private static final Pattern BLOCK = Pattern.compile("(?m)^\\$ ((?:psql|duckdb) .*sql)$\\n((?:(?!```).*\\n)*)");

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Story story;

    @BeforeAll
    static void tell(@TempDir Path folder) {
        story = new Story(folder);
        story.tell();
    }

    @AfterAll
    static void close() {
        story.close();
    }

    @Test
    void thePageShowsWhatEachFileAnswers() throws Exception {
        String page = Files.readString(PAGE);
        Matcher block = BLOCK.matcher(page);
        StringBuilder answered = new StringBuilder();
        while (block.find()) {
            String shown = "$ " + block.group(1) + "\n"
                    + ask(new ShownQuestion(block.group(1))).table() + "\n";
            block.appendReplacement(answered, Matcher.quoteReplacement(shown));
        }
        block.appendTail(answered);

        if (Boolean.getBoolean("questions.write")) {
            Files.writeString(PAGE, answered);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(answered.toString());
    }

    @Test
    void everyFileIsOnThePage() throws IOException {
        TreeSet<Path> shown = new TreeSet<>(Set.of(Path.of("sql/query/duckdb/lake.sql")));
        questions().forEach(question -> shown.add(question.file()));
        try (Stream<Path> files = Files.walk(Path.of("sql/query"))) {
            assertThat(shown)
                    .isEqualTo(
                            new TreeSet<>(files.filter(file -> file.toString().endsWith(".sql"))
                                    .toList()));
        }
    }

    @Test
    void tablesAndFilesAnswerTheSame() throws Exception {
        Map<String, ShownQuestion.Answer> byTable = new HashMap<>();
        for (ShownQuestion question : questions()) {
            if (!question.isForDuckDb()) {
                byTable.put(question.file().getFileName().toString(), ask(question));
            }
        }
        List<String> compared = new ArrayList<>();
        for (ShownQuestion question : questions()) {
            ShownQuestion.Answer tables =
                    byTable.get(question.file().getFileName().toString());
            ShownQuestion.Answer files = ask(question);
            if (question.isForDuckDb() && tables != null && tables.columns().equals(files.columns())) {
                assertThat(files).as(question.command()).isEqualTo(tables);
                compared.add(question.file().getFileName().toString());
            }
        }
        assertThat(compared)
                .containsExactlyInAnyOrder(
                        "devices-of-archived-people.sql",
                        "local-admins.sql",
                        "not-checked-in.sql",
                        "os-versions-over-time.sql",
                        "people-with-several-devices.sql",
                        "shared-devices.sql",
                        "unassigned-devices.sql");
    }

    @Test
    void ofATimeBeforeTheFirstSnapshotTheFilesSayNothingAndTheQuestionDoesNotFail() throws Exception {
        List<String> asked = new ArrayList<>();
        for (ShownQuestion question : questions()) {
            String before = question.command().replaceAll("(?<=set variable (day|month) = ')[^']+", "2025-06-01");
            if (question.isForDuckDb() && !before.equals(question.command())) {
                assertThat(ask(new ShownQuestion(before)).rows()).as(before).isEmpty();
                asked.add(question.file().getFileName().toString());
            }
        }
        assertThat(asked).contains("who-had-on-a-day.sql", "joiners-and-leavers.sql", "unencrypted-macs.sql");
    }

    private static List<ShownQuestion> questions() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult block) -> new ShownQuestion(block.group(1)))
                .toList();
    }

    private static ShownQuestion.Answer ask(ShownQuestion question) throws SQLException, IOException {
        try (Connection connection = question.isForDuckDb()
                ? DriverManager.getConnection("jdbc:duckdb:")
                : story.installation().database().dataSource().getConnection()) {
            return question.ask(connection, story.installation().lake());
        }
    }
}
