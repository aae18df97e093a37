package io.kandjietl.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LakeTableTests {

    /** Whoever changes the expected text changes what readers of the lake rely on: columns are only ever appended. */
    @ParameterizedTest
    @MethodSource("tables")
    void theSchemaIsTheOneThatReadersRelyOn(LakeTable<?> table) throws IOException {
        assertThat(table.schema()).hasToString(expected("/lake/" + table.entity() + ".schema"));
    }

    /** So that a column which is appended does not stay unknown to those who read with Trino or Spark. */
    @ParameterizedTest
    @MethodSource("tables")
    void theDefinitionsForOtherEnginesHaveItsColumns(LakeTable<?> table) throws IOException {
        assertThat(defined("trino", table))
                .isEqualTo(columns(
                        table, Map.of("TIMESTAMP", "timestamp(6)", "STRING", "varchar", "LIST", "array(varchar)")));
        assertThat(defined("spark", table))
                .isEqualTo(
                        columns(table, Map.of("TIMESTAMP", "timestamp", "STRING", "string", "LIST", "array<string>")));
    }

    static LakeTable<?>[] tables() {
        return new LakeTable<?>[] {LakeTable.devices(SampleRows.SLOT), LakeTable.assignments(SampleRows.SLOT)};
    }

    private static String expected(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(LakeTableTests.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> columns(LakeTable<?> table, Map<String, String> types) {
        return table.schema().getFields().stream()
                .map(field -> field.getName() + " " + type(field, types))
                .toList();
    }

    private static String type(Type field, Map<String, String> types) {
        LogicalTypeAnnotation annotation = field.getLogicalTypeAnnotation();
        return annotation == null
                ? field.asPrimitiveType().getPrimitiveTypeName().name().toLowerCase(Locale.ROOT)
                : Objects.requireNonNull(
                        types.get(annotation.toString().replaceFirst("[(].*", "")), annotation.toString());
    }

    /** The columns in the engine's file, without those that stand in the path. */
    private static List<String> defined(String engine, LakeTable<?> table) throws IOException {
        String sql = Files.readString(Path.of("sql/lake/" + engine + ".sql"));
        String create = "create table kandji." + table.entity() + " (\n";
        assertThat(sql).containsOnlyOnce(create);
        return sql.substring(sql.indexOf(create) + create.length())
                .lines()
                .takeWhile(line -> !line.strip().startsWith("tenant "))
                .map(line -> line.strip().replaceFirst(",$", ""))
                .toList();
    }
}
