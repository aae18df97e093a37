package io.kandjietl.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTests {

    @Test
    void theJsonIsTheOneThatReadersRelyOn() {
        Manifest manifest = new Manifest(
                1,
                "acme",
                SampleRows.SLOT,
                42,
                "kandji-etl 1.0.0",
                List.of(
                        new LakeFile("devices", "devices/x.parquet", 3, 1234, "ab12"),
                        new LakeFile("assignments", "assignments/x.parquet", 0, 567, "cd34")));

        assertThat(new String(manifest.json(), StandardCharsets.UTF_8)).isEqualTo("""
                {"schema_version":1,"tenant":"acme","slot":"2026-11-23T12:00:00Z","run_id":42,\
                "created_by":"kandji-etl 1.0.0","files":[\
                {"entity":"devices","path":"devices/x.parquet","rows":3,"bytes":1234,"sha256":"ab12"},\
                {"entity":"assignments","path":"assignments/x.parquet","rows":0,"bytes":567,"sha256":"cd34"}]}
                """);
        assertThat(Manifest.slotOf(manifest.json())).contains(SampleRows.SLOT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "null", "{\"slot\":12}", "{\"slot\":\"yesterday\"}", "{\"slot\":{}}", "<html>"})
    void whatIsNoManifestTellsNoSlot(String text) {
        assertThat(Manifest.slotOf(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
