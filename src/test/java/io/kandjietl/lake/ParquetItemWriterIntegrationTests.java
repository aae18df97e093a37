package io.kandjietl.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kandjietl.device.Device;
import io.kandjietl.device.Lifecycle;
import io.kandjietl.device.PublishedDevice;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.Chunk;

class ParquetItemWriterIntegrationTests {

    @TempDir
    Path root;

    private LakeSnapshot snapshot;

    @BeforeEach
    void begin() {
        snapshot = Lake.at(new LakeUri(URI.create("file://" + root))).begin("acme", SampleRows.SLOT, 42, () -> {});
    }

    @AfterEach
    void close() {
        snapshot.close();
    }

    @Test
    void duckDbReadsTheTypesOfDevices() throws SQLException {
        String file = writeDevices(SampleRows.full("d1"));

        assertThat(types(file))
                .containsExactly(
                        "slot TIMESTAMP WITH TIME ZONE",
                        "device_id VARCHAR",
                        "device_name VARCHAR",
                        "serial_number VARCHAR",
                        "platform VARCHAR",
                        "model VARCHAR",
                        "model_identifier VARCHAR",
                        "os_version VARCHAR",
                        "os_build VARCHAR",
                        "os_version_extra VARCHAR",
                        "udid VARCHAR",
                        "asset_tag VARCHAR",
                        "blueprint_id VARCHAR",
                        "blueprint_name VARCHAR",
                        "agent_version VARCHAR",
                        "mdm_enabled BOOLEAN",
                        "agent_installed BOOLEAN",
                        "is_missing BOOLEAN",
                        "is_removed BOOLEAN",
                        "is_supervised BOOLEAN",
                        "filevault_enabled BOOLEAN",
                        "lost_mode_status VARCHAR",
                        "tags VARCHAR[]",
                        "first_enrolled_at TIMESTAMP WITH TIME ZONE",
                        "last_enrolled_at TIMESTAMP WITH TIME ZONE",
                        "status VARCHAR",
                        "archived_reason VARCHAR",
                        "last_check_in TIMESTAMP WITH TIME ZONE",
                        "details_as_of TIMESTAMP WITH TIME ZONE",
                        "details_tried_at TIMESTAMP WITH TIME ZONE",
                        "archived_at TIMESTAMP WITH TIME ZONE",
                        "absent_since_slot TIMESTAMP WITH TIME ZONE",
                        "unlisted BOOLEAN",
                        "first_seen_slot TIMESTAMP WITH TIME ZONE",
                        "last_seen_slot TIMESTAMP WITH TIME ZONE",
                        "changed_slot TIMESTAMP WITH TIME ZONE",
                        "extra VARCHAR");
    }

    @Test
    void duckDbReadsEveryValueOfADevice() throws SQLException {
        String file = writeDevices(SampleRows.full("d1"));

        assertThat(DuckDb.query("select * replace (tags::varchar as tags, " + micros() + ") from " + rows(file)))
                .containsExactly(List.of(
                        micros(SampleRows.SLOT),
                        "d1",
                        "Zoë’s MacBook 💻 東京",
                        "C02SAMPLE01",
                        "Mac",
                        "MacBook Air (M2, 2022)",
                        "Mac14,2",
                        "14.4.1",
                        "23E224",
                        "(a)",
                        "UDID-1",
                        "A-1",
                        "b1",
                        "Standard",
                        "4.5.9 (5160)",
                        "true",
                        "false",
                        "true",
                        "false",
                        "true",
                        "false",
                        "off",
                        "['a,b', größe, lobby]",
                        micros(SampleRows.FAR_PAST),
                        micros(SampleRows.FAR_FUTURE),
                        "archived",
                        "gone",
                        micros(SampleRows.PRECISE),
                        micros(SampleRows.EARLIER),
                        micros(SampleRows.SLOT),
                        micros(SampleRows.SLOT),
                        micros(SampleRows.EARLIER),
                        "true",
                        micros(SampleRows.FAR_PAST),
                        micros(SampleRows.EARLIER),
                        micros(SampleRows.SLOT),
                        "{\"api_level\":34,\"note\":\"\\\"é\\\"\"}"));
    }

    @Test
    void whatIsUnknownIsNullAndNoTagsAreNoEmptyTags() throws SQLException {
        String file = writeDevices(
                SampleRows.bare("d1"), SampleRows.bare("d2", List.of()), SampleRows.bare("d3", List.of("", "x")));

        assertThat(DuckDb.query("select device_id, tags, len(tags) from " + rows(file)))
                .containsExactly(
                        List.of("d1", "null", "null"), List.of("d2", "[]", "0"), List.of("d3", "['', x]", "2"));
        assertThat(DuckDb.query("select columns(* exclude (slot, device_id, tags, status, unlisted, first_seen_slot,"
                        + " last_seen_slot, changed_slot)) from " + rows(file) + " where device_id = 'd1'"))
                .containsExactly(Collections.nCopies(29, "null"));
    }

    @Test
    void duckDbReadsTypesAndValuesOfAssignments() throws SQLException {
        LakeFile file = write(snapshot.assignments(), SampleRows.user("d1"), SampleRows.account("d1"));
        String path = root.resolve(file.path()).toString();

        assertThat(types(path))
                .containsExactly(
                        "slot TIMESTAMP WITH TIME ZONE",
                        "device_id VARCHAR",
                        "access_type VARCHAR",
                        "assignee_key VARCHAR",
                        "user_id VARCHAR",
                        "user_email VARCHAR",
                        "user_name VARCHAR",
                        "user_is_archived BOOLEAN",
                        "username VARCHAR",
                        "is_admin BOOLEAN",
                        "valid_from TIMESTAMP WITH TIME ZONE",
                        "valid_to TIMESTAMP WITH TIME ZONE",
                        "changed_slot TIMESTAMP WITH TIME ZONE");
        String slot = micros(SampleRows.SLOT);
        String earlier = micros(SampleRows.EARLIER);
        assertThat(DuckDb.query("select * replace (epoch_us(slot) as slot, epoch_us(valid_from) as valid_from,"
                        + " epoch_us(valid_to) as valid_to, epoch_us(changed_slot) as changed_slot) from "
                        + rows(path)))
                .containsExactly(
                        List.of(
                                slot,
                                "d1",
                                "assigned_user",
                                "u1",
                                "u1",
                                "zoe@example.com",
                                "Zoë",
                                "false",
                                "null",
                                "null",
                                earlier,
                                "null",
                                earlier),
                        List.of(
                                slot,
                                "d1",
                                "local_account",
                                "zoe",
                                "null",
                                "null",
                                "Zoë",
                                "null",
                                "zoe",
                                "true",
                                slot,
                                micros(SampleRows.FAR_FUTURE),
                                slot));
    }

    @Test
    void aFileWithoutRowsHasTheSchema() throws SQLException {
        LakeFile file = snapshot.assignments().seal();
        String path = root.resolve(file.path()).toString();

        assertThat(file.rows()).isZero();
        assertThat(DuckDb.query("select count(*) from " + rows(path))).containsExactly(List.of("0"));
        assertThat(types(path)).hasSize(13).startsWith("slot TIMESTAMP WITH TIME ZONE", "device_id VARCHAR");
    }

    @Test
    void analystsSeeTenantAndDateAsColumns() throws SQLException {
        writeDevices(SampleRows.full("d1"));

        assertThat(DuckDb.query("select tenant, slot_date::varchar, device_id from read_parquet('" + root
                        + "/devices/*/*/*.parquet', hive_partitioning = true)"))
                .containsExactly(List.of("acme", "2026-11-23", "d1"));
    }

    @Test
    void theSameRowsGiveTheSameBytes(@TempDir Path other) throws IOException {
        LakeFile first = write(snapshot.devices(), devices(5_000));
        LakeFile second;
        try (LakeSnapshot again =
                Lake.at(new LakeUri(URI.create("file://" + other))).begin("acme", SampleRows.SLOT, 43, () -> {})) {
            second = write(again.devices(), devices(5_000));
        }

        assertThat(second).isEqualTo(first);
        assertThat(other.resolve(second.path())).hasSameBinaryContentAs(root.resolve(first.path()));
    }

    @Test
    void columnsAreInZstdWithBoundsAndTheMetadataTellTheSchemaVersionAlone() throws IOException {
        ParquetMetadata footer = footer(writeDevices(SampleRows.full("d1"), SampleRows.full("d2")));

        assertThat(footer.getFileMetaData().getKeyValueMetaData())
                .containsOnly(Map.entry("kandji-etl.schema-version", "1"));
        assertThat(footer.getFileMetaData().getCreatedBy()).startsWith("parquet-mr version");
        ColumnChunkMetaData deviceId =
                footer.getBlocks().getFirst().getColumns().get(1);
        assertThat(deviceId.getCodec()).hasToString("ZSTD");
        assertThat(deviceId.getEncodingStats().usesV2Pages()).isFalse();
        assertThat(footer.getBlocks()
                        .getFirst()
                        .getColumns()
                        .get(4)
                        .getEncodingStats()
                        .hasDictionaryPages())
                .isTrue();
        assertThat(deviceId.getStatistics().minAsString()).isEqualTo("d1");
        assertThat(deviceId.getStatistics().maxAsString()).isEqualTo("d2");
    }

    @Test
    void aRowGroupIsWrittenBeforeTheBufferGrowsPastItsBound() throws IOException {
        byte[] noise = new byte[60_000];
        Random random = new Random(1);
        PublishedDevice sample = SampleRows.bare("d1");
        for (int row = 0; row < 1_500; row++) {
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (byte) ('a' + random.nextInt(26));
            }
            snapshot.devices().append(withExtra(sample, new String(noise, StandardCharsets.US_ASCII)));
        }
        LakeFile file = snapshot.devices().seal();

        assertThat(file.bytes()).isGreaterThan(48L << 20);
        assertThat(footer(root.resolve(file.path()).toString()).getBlocks())
                .hasSizeGreaterThan(3)
                .allSatisfy(group -> assertThat(group.getCompressedSize()).isLessThan(16L << 20));
    }

    @Test
    void aMissingValueThatMustBeThereNamesColumnAndRowAndEndsTheFile() {
        PublishedDevice broken = new PublishedDevice(
                SampleRows.bare("d7").device(),
                SampleRows.bare("d7").details(),
                new Lifecycle("active", null, null, null, false, SampleRows.SLOT, SampleRows.SLOT, missing()));

        assertThatThrownBy(() -> snapshot.devices().append(broken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "The column changed_slot must have a value, but it has none in PublishedDevice[")
                .hasMessageContaining("deviceId=d7");
        assertThatThrownBy(() -> snapshot.devices().seal())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith(" is closed");
    }

    @Test
    void aSealedWriterTakesNothingMore() {
        snapshot.devices().seal();

        assertThatThrownBy(() -> snapshot.devices().append(SampleRows.full("d1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "The writer of devices/tenant=acme/slot_date=2026-11-23/20261123T120000Z.parquet is sealed");
        assertThatThrownBy(() -> snapshot.devices().seal())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith(" is sealed");
    }

    @SuppressWarnings("NullAway")
    private static Instant missing() {
        return null;
    }

    private String writeDevices(PublishedDevice... rows) {
        return root.resolve(write(snapshot.devices(), rows).path()).toString();
    }

    @SafeVarargs
    private static <T> LakeFile write(ParquetItemWriter<T> writer, T... rows) {
        writer.write(Chunk.of(rows));
        LakeFile file = writer.seal();
        assertThat(file.rows()).isEqualTo(rows.length);
        return file;
    }

    private static PublishedDevice[] devices(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> SampleRows.full("device-" + i))
                .toArray(PublishedDevice[]::new);
    }

    private static PublishedDevice withExtra(PublishedDevice row, String extra) {
        Device d = row.device();
        Device device = new Device(
                d.deviceId(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                extra);
        return new PublishedDevice(device, row.details(), row.lifecycle());
    }

    private static ParquetMetadata footer(String file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(Path.of(file)))) {
            return reader.getFooter();
        }
    }

    /** The columns of the file alone, without those that DuckDB takes from its path. */
    private static String rows(String file) {
        return "read_parquet('" + file + "', hive_partitioning = false)";
    }

    private static List<String> types(String file) throws SQLException {
        List<String> types = new ArrayList<>();
        for (List<String> row : DuckDb.query("describe select * from " + rows(file))) {
            types.add(row.get(0) + " " + row.get(1));
        }
        return types;
    }

    private static String micros() {
        return Stream.of(
                        "slot",
                        "first_enrolled_at",
                        "last_enrolled_at",
                        "last_check_in",
                        "details_as_of",
                        "details_tried_at",
                        "archived_at",
                        "absent_since_slot",
                        "first_seen_slot",
                        "last_seen_slot",
                        "changed_slot")
                .map(column -> "epoch_us(" + column + ") as " + column)
                .collect(Collectors.joining(", "));
    }

    private static String micros(Instant instant) {
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    }
}
