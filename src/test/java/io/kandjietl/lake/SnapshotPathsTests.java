package io.kandjietl.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotPathsTests {

    @Test
    void pathsAreThoseThatReadersRelyOn() {
        SnapshotPaths paths = new SnapshotPaths("acme", SampleRows.SLOT);

        assertThat(paths.data("devices"))
                .isEqualTo("devices/tenant=acme/slot_date=2026-11-23/20261123T120000Z.parquet");
        assertThat(paths.data("assignments"))
                .isEqualTo("assignments/tenant=acme/slot_date=2026-11-23/20261123T120000Z.parquet");
        assertThat(paths.manifest()).isEqualTo("_manifests/tenant=acme/20261123T120000Z.json");
        assertThat(paths.latest()).isEqualTo("_manifests/tenant=acme/_latest.json");
    }

    @Test
    void theDateIsThatOfUtc() {
        SnapshotPaths paths = new SnapshotPaths("acme", Instant.parse("2026-12-31T23:59:59Z"));

        assertThat(paths.data("devices"))
                .isEqualTo("devices/tenant=acme/slot_date=2026-12-31/20261231T235959Z.parquet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a b", "Acme", "a=b", "-a", "a\n", "ä", "a%2fb"})
    void aTenantThatNeedsAnEscapeIsRefused(String tenant) {
        assertThatThrownBy(() -> new SnapshotPaths(tenant, SampleRows.SLOT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + tenant + "' can't be a tenant's name in a path");
    }

    @Test
    void aSlotIsAWholeSecond() {
        assertThatThrownBy(() -> new SnapshotPaths("acme", SampleRows.PRECISE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A slot is a whole second, but 2024-07-23T14:11:37.150081Z is not");
    }
}
