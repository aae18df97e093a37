package io.kandjietl.warehouse;

import static io.kandjietl.warehouse.SampleDevices.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PruningIntegrationTests {

    private final Warehouse warehouse = new Warehouse();
    private final Pruning pruning =
            new Pruning(warehouse.jdbc, warehouse.transaction, warehouse.lease, Warehouse.TENANT);

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void aProcessThatLostItsLeaseDeletesNothing() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("d1").name("Other").build());
        warehouse.publish(1);
        warehouse.jdbc.sql("update kandji.lease set token = token + 1").update();

        assertThatThrownBy(() -> pruning.pruneHistory(Warehouse.slot(2))).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> pruning.takeOutOfLake(Warehouse.slot(0))).isInstanceOf(LeaseLostException.class);
        assertThat(warehouse.lines("select count(*) from kandji.device_history"))
                .containsExactly("2");
        assertThat(warehouse.lines("select count(*) from kandji.history_horizon"))
                .containsExactly("0");
    }

    @Test
    void aChainOfPeriodsLosesItsOldestAndKeepsWhatIsSo() {
        for (int slot = 0; slot < 4; slot++) {
            warehouse.begin(slot).stage(slot, device("d1").name("Name " + slot).build());
            warehouse.stage(slot, device("d2").build());
            warehouse.publish(slot);
        }

        assertThat(pruning.pruneHistory(Warehouse.slot(2))).isEqualTo(new Pruning.Periods(2, 0));

        assertThat(warehouse.lines("select device_id, device_name, valid_from, valid_to from kandji.device_history"
                        + " order by 1, 3"))
                .containsExactly(
                        "d1 | Name 2 | #2 | #3", "d1 | Name 3 | #3 | null", "d2 | Mac of the lobby | #0 | null");
        assertThat(warehouse.lines("select known_from from kandji.history_horizon"))
                .containsExactly("#2");
        assertThat(pruning.pruneHistory(Warehouse.slot(1)))
                .as("a horizon does not go back")
                .isEqualTo(new Pruning.Periods(0, 0));
        assertThat(warehouse.lines("select known_from from kandji.history_horizon"))
                .containsExactly("#2");
    }
}
