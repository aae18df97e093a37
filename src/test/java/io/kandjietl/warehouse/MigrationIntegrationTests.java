package io.kandjietl.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.support.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.Job;
import org.springframework.jdbc.core.simple.JdbcClient;

class MigrationIntegrationTests {

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.migrated().dataSource());

    @Test
    void everyTableAndColumnOfTheWarehouseExplainsItself() {
        List<String> silent =
                jdbc.sql("""
                select class.relname || coalesce('.' || attribute.attname, '')
                from pg_class class
                left join lateral (
                    select attname, attnum from pg_attribute where attrelid = class.oid and attnum > 0 and not attisdropped
                    union all
                    select null, 0
                ) attribute on true
                where class.relnamespace = 'kandji'::regnamespace
                  and class.relkind in ('r', 'v')
                  and class.relname <> 'flyway_schema_history'
                  and col_description(class.oid, attribute.attnum) is null
                  and (attribute.attnum > 0 or obj_description(class.oid) is null)
                order by 1
                """).query((row, number) -> row.getString(1)).list();

        assertThat(silent).isEmpty();
    }

    @Test
    void batchTablesAreThoseThatSpringBatchShips() throws IOException {
        String shipped = statements("/org/springframework/batch/core/schema-postgresql.sql", Job.class);
        String ours = statements("/sql/migration/V1__batch_metadata.sql", MigrationIntegrationTests.class)
                .replaceFirst("(?s)^.*?set local search_path to batch;\\s*", "");

        assertThat(ours).isEqualTo(shipped);
    }

    @Test
    void historyHasTheTrackedColumnsOfADeviceAndNoOthers() {
        List<String> bookkeeping = List.of(
                "tenant",
                "device_id",
                "valid_from",
                "valid_to",
                "last_check_in",
                "details_as_of",
                "details_first_as_of");
        List<String> columns = new ArrayList<>(columns("device_history"));
        columns.removeAll(bookkeeping);

        assertThat(columns).containsExactlyElementsOf(TrackedColumns.NAMES);
        assertThat(columns("device")).containsAll(TrackedColumns.NAMES);
    }

    @Test
    void migrationsAreNumberedWithoutGap() {
        List<Integer> versions = jdbc.sql(
                        "select version::int from kandji.flyway_schema_history where version is not null"
                                + " order by 1")
                .query((row, number) -> row.getInt(1))
                .list();

        assertThat(versions)
                .isEqualTo(java.util.stream.IntStream.rangeClosed(1, versions.size())
                        .boxed()
                        .toList());
    }

    @Test
    void migratingTwiceChangesNothing() {
        TestDatabase database = TestDatabase.migrated();
        TestDatabase.migrate(database.dataSource());

        assertThat(new TreeSet<>(columns("lease"))).contains("token");
    }

    private List<String> columns(String table) {
        return jdbc.sql("""
                select column_name::text from information_schema.columns
                where table_schema = 'kandji' and table_name = :table
                order by ordinal_position
                """)
                .param("table", table)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private static String statements(String resource, Class<?> beside) throws IOException {
        try (InputStream file = beside.getResourceAsStream(resource)) {
            assertThat(file).as(resource).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)^--.*$", "")
                    .strip();
        }
    }
}
