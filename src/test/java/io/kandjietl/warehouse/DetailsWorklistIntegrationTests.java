package io.kandjietl.warehouse;

import static io.kandjietl.warehouse.SampleDevices.device;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Whose details are worth a request, and in which order. */
class DetailsWorklistIntegrationTests {

    private static final Instant FRESH = Warehouse.slot(0).plus(Duration.ofMinutes(10));

    private final Warehouse warehouse = new Warehouse();

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void everyNewDeviceIsWorthARequest() {
        warehouse.begin(0).stage(0, device("d2").build()).stage(0, device("d1").build());

        assertThat(warehouse.worklist(0, 10)).containsExactly("2 wanted", "1 d1", "2 d2");
    }

    @Test
    void neverLookedUpComesBeforeChangedAndChangedBeforeOld() {
        known("changed", FRESH);
        known("fresh", FRESH);
        known("old", FRESH.minus(Duration.ofHours(23)));
        known("older", FRESH.minus(Duration.ofHours(24)));
        warehouse.stage(0, device("never").build());
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("changed").name("Yard").build());
        for (String same : new String[] {"fresh", "old", "older", "never"}) {
            warehouse.stage(1, device(same).build());
        }
        warehouse.stage(1, device("zz-new").build());

        assertThat(warehouse.worklist(1, 10))
                .containsExactly("5 wanted", "1 never", "2 zz-new", "3 changed", "4 older", "5 old");
    }

    @Test
    void anAnswerThatStaysFreshUntilTheNextSlotIsNotRenewed() {
        Instant limit = Warehouse.slot(1).plus(Duration.ofHours(2)).minus(Duration.ofHours(24));
        known("due", limit.minusNanos(1_000));
        known("fresh", limit);
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(1, device("due").build())
                .stage(1, device("fresh").build());

        assertThat(warehouse.worklist(1, 10)).containsExactly("1 wanted", "1 due");
    }

    @Test
    void aReturnedDeviceCountsAsNeverLookedUp() {
        known("back", FRESH);
        warehouse.publish(0);
        warehouse.begin(1).stage(1, device("back").removed().build());
        warehouse.publish(1);
        warehouse.begin(2).stage(2, device("back").build());

        assertThat(warehouse.worklist(2, 10)).containsExactly("1 wanted", "1 back");
    }

    @Test
    void aDeviceWhoseDetailsFailedGoesToTheBack() {
        known("old", FRESH.minus(Duration.ofHours(25)));
        warehouse
                .stage(0, device("failed").build())
                .details(0, SampleDetails.failed("failed").at(FRESH));
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(1, device("failed").build())
                .stage(1, device("old").build());

        assertThat(warehouse.worklist(1, 10)).containsExactly("2 wanted", "1 old", "2 failed");
    }

    @Test
    void aRemovedDeviceIsNotAskedFor() {
        warehouse.begin(0).stage(0, device("d1").removed().build());

        assertThat(warehouse.worklist(0, 10)).containsExactly("0 wanted");
    }

    @Test
    void noMoreAreChosenThanCanBeAskedForButAllAreCounted() {
        warehouse.begin(0);
        for (int i = 0; i < 5; i++) {
            warehouse.stage(0, device("d" + i).build());
        }

        assertThat(warehouse.worklist(0, 2)).containsExactly("5 wanted", "1 d0", "2 d1");
        assertThat(warehouse.worklist(0, 0)).containsExactly("5 wanted");
    }

    @Test
    void choosingAnewForgetsWhatWasChosen() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.worklist(0, 10);
        warehouse.stage(0, device("d0").build());

        assertThat(warehouse.worklist(0, 10)).containsExactly("2 wanted", "1 d0", "2 d1");
    }

    @Test
    void theListIsReadInPagesByRank() {
        warehouse.begin(0);
        for (int i = 0; i < 5; i++) {
            warehouse.stage(0, device("d" + i).build());
        }
        warehouse.worklist(0, 10);
        DetailsWorklist worklist = new DetailsWorklist(
                warehouse.jdbc,
                warehouse.jdbc,
                new JdbcTransactionManager(warehouse.dataSource),
                warehouse.lease,
                warehouse.run(0));

        assertThat(worklist.next(0, 2, (rank, id) -> id)).containsExactly("d0", "d1");
        assertThat(worklist.next(2, 2, (rank, id) -> id)).containsExactly("d2", "d3");
        assertThat(worklist.next(5, 2, (rank, id) -> id)).isEmpty();
    }

    private void known(String deviceId, Instant asOf) {
        warehouse
                .begin(0)
                .stage(0, device(deviceId).build())
                .details(0, SampleDetails.full(deviceId).at(asOf));
    }
}
