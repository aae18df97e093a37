package io.kandjietl.support;

import io.kandjietl.command.Cli;
import io.kandjietl.command.Surroundings;
import io.kandjietl.job.StopSignal;
import io.kandjietl.simulator.SimulatedTenant;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One installation of the program: a database, a lake and settings, pointed at a simulated tenant. It can be run as a
 * process of its own, or within this one.
 */
public final class Installation {

    private final TestDatabase database;
    private final JdbcClient jdbc;
    private final Path lake;
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    /** Makes one whose output and lake are in the folder, for the tenant {@code acme}. */
    public Installation(Path folder, SimulatedTenant tenant) {
        this(folder, tenant, TestDatabase.empty());
    }

    /** Makes one with a database of its own making. */
    public Installation(Path folder, SimulatedTenant tenant, TestDatabase database) {
        this.database = database;
        this.jdbc = JdbcClient.create(database.dataSource());
        this.folder = folder;
        this.lake = folder.resolve("lake");
        environment.put("KANDJI_BASE_URL", tenant.baseUri().toString());
        environment.put("KANDJI_TENANT", "acme");
        environment.put("KANDJI_API_TOKEN", tenant.token());
        environment.put("KANDJI_REQUESTS_PER_SECOND", "1000");
        environment.put("SPRING_DATASOURCE_URL", database.url());
        environment.put("SPRING_DATASOURCE_USERNAME", "postgres");
        environment.put("LAKE_URI", "file://" + lake);
        environment.put(
                "KANDJI_TERMINATION_LOG", folder.resolve("termination-log").toString());
        createFolder();
    }

    private void createFolder() {
        try {
            Files.createDirectories(lake);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With another value of an environment variable. */
    public Installation with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Without an environment variable. */
    public Installation without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** Its environment variables. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Starts a command as a process. */
    public EtlProcess start(String... args) {
        return EtlProcess.start(folder, environment, args);
    }

    /** Starts a command as a process that can write no file beyond a size. */
    public EtlProcess startWithSmallFiles(int kilobytes, String... args) {
        return EtlProcess.startWithSmallFiles(folder, environment, kilobytes, args);
    }

    /** Starts a command as a process, with options for its JVM. */
    public EtlProcess start(List<String> jvm, String... args) {
        return EtlProcess.start(folder, environment, jvm, args);
    }

    /** Runs a command within this process. */
    public CommandResult run(String... args) {
        return run(false, args);
    }

    /** Runs a command within this process, as if a person looked at its output. */
    public CommandResult runAtTerminal(String... args) {
        return run(true, args);
    }

    private CommandResult run(boolean isTerminal, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Cli.run(
                args,
                new Surroundings(
                        environment,
                        Map.of(),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        new StopSignal(),
                        isTerminal));
        return new CommandResult(exitCode, out.toString(), err.toString());
    }

    /**
     * How a command ended.
     *
     * @param exitCode what a process would have ended with
     * @param out its results
     * @param err usage errors
     */
    public record CommandResult(int exitCode, String out, String err) {}

    /** Its database. */
    public TestDatabase database() {
        return database;
    }

    /** Queries and changes its database. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    /** The folder that is its lake. */
    public Path lake() {
        return lake;
    }

    /** What passes by itself in half a minute: the lease of a process that died runs out. */
    public void leaseRunsOut() {
        jdbc.sql("update kandji.lease set expires_at = clock_timestamp()").update();
    }

    /** What passes by itself in an hour or so: Kandji may be asked again. */
    public void blockRunsOut() {
        jdbc.sql("update kandji.request_block set blocked_until = told_at").update();
    }

    /**
     * Lets a table refuse what is written to it, as one that somebody changed.
     *
     * @param when a trigger's event and table, as in {@code before insert on kandji.device}
     */
    public void refuse(String when) {
        jdbc.sql("create or replace function kandji.refuse() returns trigger language plpgsql as"
                        + " $$begin raise exception 'a trigger that is not ours'; end$$")
                .update();
        jdbc.sql("create trigger refuse " + when + " execute function kandji.refuse()")
                .update();
    }

    /** Lets it take everything again. */
    public void refuseNoMore(String table) {
        jdbc.sql("drop trigger refuse on " + table).update();
    }

    /** All that the warehouse says, without when a process was at work on it: details are as of their answer's time. */
    public List<String> tables() {
        return Stream.of(
                        "select (to_jsonb(t) - array['details_as_of', 'details_tried_at'])::text"
                                + " || (details_as_of is null) || (details_tried_at is null)"
                                + " from kandji.device t order by device_id",
                        "select (to_jsonb(t) - array['details_as_of', 'details_first_as_of'])::text"
                                + " || (details_as_of is null) || (details_first_as_of is null)"
                                + " from kandji.device_history t order by device_id, valid_from",
                        "select to_jsonb(t)::text from kandji.device_assignment t order by device_id, access_type,"
                                + " assignee_key, valid_from",
                        "select (to_jsonb(t) - array['run_id', 'rejected_at'])::text from kandji.rejected_record t"
                                + " order by device_id, payload",
                        "select (to_jsonb(t) - array['run_id', 'run_by', 'started_at', 'finished_at', 'requests_used',"
                                + " 'details_oldest_as_of', 'lake_manifest'])::text from kandji.sync_run t order by slot",
                        "select to_jsonb(t)::text from kandji.held_archival t order by slot, device_id",
                        "select 'staged ' || count(*) from kandji.staged_device",
                        "select 'staged ' || count(*) from kandji.staged_assignment",
                        "select 'staged ' || count(*) from kandji.staged_details",
                        "select 'staged ' || count(*) from kandji.details_worklist")
                .flatMap(sql -> jdbc.sql(sql).query((row, number) -> row.getString(1)).list().stream())
                .toList();
    }

    /** Every file of the lake with its bytes, hidden and temporary ones too. */
    public SortedMap<String, String> files() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(lake)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(
                        lake.relativize(path).toString(),
                        java.util.HexFormat.of().formatHex(Files.readAllBytes(path)));
            }
        }
        return files;
    }

    /** The first column of what a query finds, as text. */
    public List<String> lines(String sql) {
        return jdbc.sql(sql).query((row, number) -> row.getString(1)).list();
    }
}
