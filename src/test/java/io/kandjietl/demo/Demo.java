package io.kandjietl.demo;

import io.kandjietl.command.Cli;
import io.kandjietl.command.Surroundings;
import io.kandjietl.simulator.SimulatedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the program on embedded defaults.
 *
 * <ul>
 *   <li>without arguments, or with those of {@code sync}: the main job
 *   <li>{@code query SQL} or {@code query FILE}: a table from the database of the last run
 *   <li>{@code serve}: keeps that database up and prints its JDBC URL
 *   <li>anything else: the program's command of that name
 * </ul>
 */
public final class Demo {

    private static final int CONFIGURATION = 78;

    /** So that a minute shows what else needs an hour and a half. */
    private static final int PACE = 100;

    /** So that the first details take seconds; the simulated tenant, as a real one, allows 50. */
    private static final int REQUESTS_PER_SECOND = 45;

    private final Surroundings surroundings;
    private final PrintWriter out;

    private Demo(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.out = surroundings.out();
    }

    /** Runs the demo and ends the process with the exit code of its command. */
    public static void main(String[] args) throws Exception {
        System.exit(new Demo(Surroundings.ofProcess()).run(args));
    }

    static int run(String[] args, Surroundings surroundings) throws Exception {
        return new Demo(surroundings).run(args);
    }

    private int run(String[] args) throws Exception {
        return switch (TenantChoice.of(surroundings.environment())) {
            case TenantChoice.Refused refused -> refuse(refused);
            case TenantChoice.Simulated simulated -> simulated(List.of(args));
            case TenantChoice.Real real -> real(List.of(args));
        };
    }

    private int refuse(TenantChoice.Refused refused) {
        surroundings.err().println(refused.why());
        surroundings.err().flush();
        return CONFIGURATION;
    }

    private int simulated(List<String> args) throws Exception {
        Path folder = DemoFolder.simulated(surroundings.environment());
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgres"));
                SimulatedTenant tenant = tenant()) {
            Map<String, String> properties = new HashMap<>();
            properties.put("kandji.base-url", tenant.baseUri().toString());
            properties.put("kandji.tenant", tenant.subdomain());
            properties.put("kandji.api-token", tenant.token());
            properties.put("kandji.requests-per-second", String.valueOf(REQUESTS_PER_SECOND));
            return command(args, database, TenantChoice.withoutTenant(surroundings.environment()), properties, folder);
        }
    }

    private int real(List<String> args) throws Exception {
        Path folder = DemoFolder.real();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgres"))) {
            return command(args, database, surroundings.environment(), new HashMap<>(), folder);
        }
    }

    private static SimulatedTenant tenant() {
        return SimulatedTenant.builder()
                .subdomain("demo")
                .fleet(SimulatedFleet.builder()
                        .size(500)
                        .seed(2026)
                        .pace(PACE)
                        .otherPlatforms()
                        .build())
                .start();
    }

    /** Database and lake are the demo's own, whatever is set anywhere: nothing overrides these properties. */
    private int command(
            List<String> args,
            EmbeddedDatabase database,
            Map<String, String> environment,
            Map<String, String> properties,
            Path folder)
            throws Exception {
        String first = args.isEmpty() ? "sync" : args.getFirst();
        if (first.equals("query")) {
            return new QueryTable(database.dataSource(), out).print(args.subList(1, args.size()));
        }
        if (first.equals("serve")) {
            return serve(database);
        }
        properties.put("spring.datasource.url", database.url());
        properties.put("spring.datasource.username", EmbeddedDatabase.USER);
        properties.put("spring.datasource.password", "");
        properties.put("lake.uri", folder.resolve("lake").toUri().toString());
        List<String> words = first.startsWith("-")
                        && !Set.of("-h", "--help", "-V", "--version").contains(first)
                ? prepend("sync", args)
                : args.isEmpty() ? List.of("sync") : args;
        int exitCode = Cli.run(
                words.toArray(String[]::new),
                new Surroundings(
                        environment,
                        properties,
                        surroundings.out(),
                        surroundings.err(),
                        surroundings.stop(),
                        surroundings.isTerminal()));
        if (exitCode == 0 && words.getFirst().equals("sync")) {
            printNext(folder);
        }
        return exitCode;
    }

    private int serve(EmbeddedDatabase database) throws InterruptedException {
        out.println("PostgreSQL is up until you press Ctrl-C: " + database.url() + "?user=" + EmbeddedDatabase.USER);
        out.println(
                "psql:  psql '" + database.url().replaceFirst("^jdbc:", "").replaceFirst("//", "//postgres@") + "'");
        out.flush();
        new CountDownLatch(1).await();
        return 0;
    }

    private void printNext(Path folder) {
        Path here = Path.of("").toAbsolutePath();
        String lake = here.relativize(folder.toAbsolutePath()).resolve("lake").toString();
        out.println();
        out.println("The database is up again for as long as a query or serve runs. Next:");
        out.println("  mvn spring-boot:test-run -Dspring-boot.run.arguments=\"--again\"");
        out.println(
                "  mvn spring-boot:test-run -Dspring-boot.run.arguments=\"query sql/query/unassigned-devices.sql\"");
        out.println(
                "  mvn spring-boot:test-run"
                        + " -Dspring-boot.run.arguments=\"query 'select slot, outcome, devices_changed from kandji.sync_run'\"");
        out.println("  mvn spring-boot:test-run -Dspring-boot.run.arguments=serve");
        out.println("  duckdb -c \"select platform, count(*) from '" + lake + "/devices/**/*.parquet' where slot ="
                + " (select max(slot) from '" + lake + "/devices/**/*.parquet') group by all\"");
        out.flush();
    }

    private static List<String> prepend(String first, List<String> rest) {
        List<String> all = new java.util.ArrayList<>(rest);
        all.addFirst(first);
        return all;
    }
}
