import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.types.Types;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;

/**
 * An Iceberg table for each kind of file of a lake, in a JDBC catalogue, to which each slot's file is appended as it is: what
 * that costs, and what a kill leaves behind. See the record 0018 beside its folder for the commands.
 */
public final class IcebergPrototype {

    private static final Namespace NAMESPACE = Namespace.of("kandji");
    private static final Pattern FILE = Pattern.compile(".*/(\\w+)/tenant=([^/]+)/slot_date=([^/]+)/([^/]+)[.]parquet");
    private static final List<String> ENTITIES = List.of("devices", "assignments");

    private final JdbcCatalog catalog = new JdbcCatalog();

    private IcebergPrototype(String database, Path warehouse) {
        catalog.setConf(new Configuration());
        catalog.initialize(
                "kandji",
                Map.of(
                        "uri", database,
                        "warehouse", warehouse.toUri().toString(),
                        "jdbc.schema-version", "V1",
                        "io-impl", HadoopFileIO.class.getName()));
    }

    /** LAKE slots N | LAKE kill N | LAKE read; child processes: LAKE append DATABASE WAREHOUSE. */
    public static void main(String[] args) throws Exception {
        Path lake = Path.of(args[0]).toAbsolutePath();
        if (args[1].equals("append")) {
            append(lake, args[2], Path.of(args[3]));
            return;
        }
        Path folder = Files.createTempDirectory("iceberg");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            String database = postgres.getJdbcUrl("postgres", "postgres");
            switch (args[1]) {
                case "slots" -> slots(lake, database, folder, Integer.parseInt(args[2]));
                case "kill" -> kill(lake, database, folder, Integer.parseInt(args[2]));
                case "read" -> read(lake, database, folder);
                default -> throw new IllegalArgumentException(args[1]);
            }
        }
    }

    private Table create(String entity, Path file, Map<String, String> properties) throws IOException {
        MessageType parquet;
        try (ParquetFileReader reader = ParquetFileReader.open(
                org.apache.parquet.hadoop.util.HadoopInputFile.fromPath(
                        new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
            parquet = reader.getFileMetaData().getSchema();
        }
        Schema inFile = ParquetSchemaUtil.convert(parquet);
        List<Types.NestedField> fields = new ArrayList<>(inFile.columns());
        fields.add(Types.NestedField.optional(9001, "tenant", Types.StringType.get()));
        fields.add(Types.NestedField.optional(9002, "slot_date", Types.DateType.get()));
        Schema schema = new Schema(fields);
        Table table = catalog.buildTable(TableIdentifier.of(NAMESPACE, entity), schema)
                .withPartitionSpec(PartitionSpec.builderFor(schema)
                        .identity("tenant")
                        .identity("slot_date")
                        .build())
                .withProperties(properties)
                .create();
        // The files carry no field ids: columns are found by name.
        NameMapping byName = MappingUtil.create(table.schema());
        table.updateProperties()
                .set("schema.name-mapping.default", NameMappingParser.toJson(byName))
                .commit();
        return table;
    }

    private Table load(String entity) {
        return catalog.loadTable(TableIdentifier.of(NAMESPACE, entity));
    }

    /** The file as Iceberg knows it: bounds and counts come from its footer. */
    private static DataFile describe(Table table, Path file) {
        Matcher path = FILE.matcher(file.toString());
        if (!path.matches()) {
            throw new IllegalArgumentException(file.toString());
        }
        InputFile input = table.io().newInputFile(file.toUri().toString());
        Metrics metrics = ParquetUtil.fileMetrics(
                input,
                MetricsConfig.forTable(table),
                NameMappingParser.fromJson(table.properties().get("schema.name-mapping.default")));
        return DataFiles.builder(table.spec())
                .withInputFile(input)
                .withFormat(FileFormat.PARQUET)
                .withPartitionPath("tenant=" + path.group(2) + "/slot_date=" + path.group(3))
                .withMetrics(metrics)
                .build();
    }

    /** One slot by a fresh process, as the job would: each phase said as it ends. */
    private static void append(Path lake, String database, Path warehouse) throws IOException {
        long begin = System.nanoTime();
        IcebergPrototype prototype = new IcebergPrototype(database, warehouse);
        for (String entity : ENTITIES) {
            Table table = prototype.load(entity);
            long loaded = System.nanoTime();
            DataFile file = describe(table, newest(lake, entity));
            long described = System.nanoTime();
            table.newAppend().appendFile(file).set("slot", "x").commit();
            System.out.printf(
                    "%s: load %.2f s, footer %.2f s, commit %.2f s%n",
                    entity, seconds(begin, loaded), seconds(loaded, described), seconds(described, System.nanoTime()));
            begin = System.nanoTime();
        }
    }

    /** N slots by one process, with the default upkeep of metadata and with the thrifty one, and the planning of a query. */
    private static void slots(Path lake, String database, Path folder, int slots) throws IOException {
        int round = 0;
        for (Map<String, String> properties : List.of(
                Map.<String, String>of(),
                Map.of(
                        "write.metadata.delete-after-commit.enabled", "true",
                        "write.metadata.previous-versions-max", "10"))) {
            Path warehouse = folder.resolve("w" + round++);
            IcebergPrototype prototype = new IcebergPrototype(database, warehouse);
            Path copies = folder.resolve("lake" + round);
            List<Double> commits = new ArrayList<>();
            for (String entity : ENTITIES) {
                Path original = newest(lake, entity);
                Table table = prototype.create(entity, original, properties);
                for (int slot = 0; slot < slots; slot++) {
                    LocalDate date = LocalDate.of(2026, 1, 1).plusDays(slot / 12);
                    Path copy = copies.resolve(
                            entity + "/tenant=demo/slot_date=" + date + "/" + date + "T" + slot % 12 + ".parquet");
                    Files.createDirectories(copy.getParent());
                    Files.copy(original, copy);
                    long begin = System.nanoTime();
                    table.newAppend().appendFile(describe(table, copy)).commit();
                    commits.add(seconds(begin, System.nanoTime()));
                }
            }
            System.out.printf("%n%s%nappend, footer included: median %.3f s, last %.3f s%n", properties, median(commits), commits.get(commits.size() - 1));
            sizes("metadata", warehouse);
            Table devices = prototype.load("devices");
            List<Double> plans = new ArrayList<>();
            LocalDate last = LocalDate.of(2026, 1, 1).plusDays((slots - 1) / 12);
            for (int i = 0; i < 9; i++) {
                long begin = System.nanoTime();
                try (CloseableIterable<FileScanTask> tasks = devices.newScan()
                        .filter(Expressions.equal("slot_date", last.toString()))
                        .planFiles()) {
                    tasks.forEach(task -> {});
                }
                plans.add(seconds(begin, System.nanoTime()));
            }
            System.out.printf("planning the newest day: median %.4f s%n", median(plans));
            emailBounds(prototype.load("assignments"));
            long begin = System.nanoTime();
            int kept = (int) files(copies).count();
            devices.expireSnapshots().expireOlderThan(System.currentTimeMillis()).retainLast(12).cleanExpiredFiles(true).commit();
            System.out.printf(
                    "expire to 12 snapshots: %.2f s; our files before %d, after %d%n",
                    seconds(begin, System.nanoTime()), kept, files(copies).count());
            sizes("metadata after", warehouse);
            for (String entity : ENTITIES) {
                prototype.catalog.dropTable(TableIdentifier.of(NAMESPACE, entity), false);
            }
        }
    }

    /** N processes, each killed at a random moment of its append. */
    private static void kill(Path lake, String database, Path folder, int kills) throws Exception {
        Path warehouse = folder.resolve("w");
        IcebergPrototype prototype = new IcebergPrototype(database, warehouse);
        for (String entity : ENTITIES) {
            prototype.create(entity, newest(lake, entity), Map.of());
        }
        long begin = System.nanoTime();
        try (BufferedReader out = start(lake, database, warehouse).inputReader()) {
            out.lines().forEach(System.out::println);
        }
        long wholeMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        System.out.printf("a fresh process: %d ms%n", wholeMillis);
        Random random = new Random(18);
        int apart = 0;
        for (int i = 0; i < kills; i++) {
            long before = snapshots(prototype, "devices") - snapshots(prototype, "assignments");
            Process process = start(lake, database, warehouse);
            if (!process.waitFor(random.nextLong(wholeMillis * 3 / 10, wholeMillis), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            if (snapshots(prototype, "devices") - snapshots(prototype, "assignments") != before) {
                apart++;
            }
        }
        System.out.printf("%d kills: the tables were apart after %d%n", kills, apart);
        for (String entity : ENTITIES) {
            orphans(prototype.load(entity), warehouse.resolve("kandji").resolve(entity).resolve("metadata"));
        }
    }

    /** Appends the newest slot, reads all its rows back, then looks what a file that was written anew does to readers. */
    private static void read(Path lake, String database, Path folder) throws IOException {
        IcebergPrototype prototype = new IcebergPrototype(database, folder.resolve("w"));
        Path copy = folder.resolve("lake");
        for (String entity : ENTITIES) {
            Path original = newest(lake, entity);
            Path file = copy.resolve(lake.relativize(original));
            Files.createDirectories(file.getParent());
            Files.copy(original, file);
            Table table = prototype.create(entity, file, Map.of());
            for (int i = 0; i < 3; i++) {
                long begin = System.nanoTime();
                DataFile described = describe(table, file);
                long footer = System.nanoTime();
                if (i == 2) {
                    table.newAppend().appendFile(described).commit();
                    System.out.printf("%s: commit %.3f s%n", entity, seconds(footer, System.nanoTime()));
                }
                System.out.printf("%s: footer of %,d bytes %.3f s%n", entity, Files.size(file), seconds(begin, footer));
            }
            long rows = 0;
            long named = 0;
            try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
                for (Record record : records) {
                    rows++;
                    named += record.getField("device_id") != null && record.getField("tenant") != null ? 1 : 0;
                }
            }
            System.out.printf("%s: %,d rows read, %,d with device and tenant%n", entity, rows, named);
        }
        // As an erasure does: another file at the same path, of another size.
        Path devices = newest(copy, "devices");
        Files.copy(newest(copy, "assignments"), devices, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(prototype.load("devices")).build()) {
            long rows = 0;
            for (Record record : records) {
                rows++;
            }
            System.out.println("rewritten file: " + rows + " rows read");
        } catch (RuntimeException e) {
            System.out.println("rewritten file: " + e.getMessage() + ": " + e.getCause());
        }
    }

    private static void emailBounds(Table table) throws IOException {
        int column = table.schema().findField("user_email").fieldId();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().includeColumnStats().planFiles()) {
            DataFile file = tasks.iterator().next().file();
            System.out.println("a manifest's lower bound of user_email: "
                    + org.apache.iceberg.types.Conversions.fromByteBuffer(
                            Types.StringType.get(), file.lowerBounds().get(column)));
        }
    }

    private static void orphans(Table table, Path metadata) throws IOException {
        Set<String> known = table.snapshots().iterator().hasNext() ? known(table) : Set.of();
        List<Path> orphans = files(metadata)
                .filter(file -> !file.getFileName().toString().startsWith("."))
                .filter(file -> !known.contains(file.getFileName().toString()))
                .toList();
        System.out.printf(
                "%s: %d orphans, %,d bytes%n", table.name(), orphans.size(), orphans.stream().mapToLong(IcebergPrototype::size).sum());
    }

    private static Set<String> known(Table table) {
        Stream<String> metadata = Stream.concat(
                ((org.apache.iceberg.BaseTable) table).operations().current().previousFiles().stream().map(entry -> entry.file()),
                Stream.of(((org.apache.iceberg.BaseTable) table).operations().current().metadataFileLocation()));
        List<String> lists = new ArrayList<>();
        for (Snapshot snapshot : table.snapshots()) {
            lists.add(snapshot.manifestListLocation());
            snapshot.allManifests(table.io()).stream().map(ManifestFile::path).forEach(lists::add);
        }
        return Stream.concat(metadata, lists.stream())
                .map(location -> location.substring(location.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    private static long snapshots(IcebergPrototype prototype, String entity) {
        return prototype.load(entity).history().size();
    }

    private static Process start(Path lake, String database, Path warehouse) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        IcebergPrototype.class.getName(),
                        lake.toString(),
                        "append",
                        database,
                        warehouse.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static Path newest(Path lake, String entity) throws IOException {
        return files(lake.resolve(entity))
                .filter(file -> file.toString().endsWith(".parquet"))
                .max(Path::compareTo)
                .orElseThrow(() -> new IllegalArgumentException("no files of " + entity + " in " + lake));
    }

    private static void sizes(String what, Path folder) throws IOException {
        List<Path> all = files(folder).filter(file -> !file.getFileName().toString().startsWith(".")).toList();
        long json = all.stream().filter(file -> file.toString().endsWith(".json")).mapToLong(IcebergPrototype::size).sum();
        System.out.printf(
                "%s: %,d files, %,d bytes, of them JSON %,d%n",
                what, all.size(), all.stream().mapToLong(IcebergPrototype::size).sum(), json);
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
