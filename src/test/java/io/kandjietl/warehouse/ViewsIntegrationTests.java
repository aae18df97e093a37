package io.kandjietl.warehouse;

import static io.kandjietl.warehouse.SampleDevices.device;
import static io.kandjietl.warehouse.SampleDevices.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The views that people read. */
class ViewsIntegrationTests {

    private final Warehouse warehouse = new Warehouse();

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void activeDevicesStandWithTheirUserAndTheirEncryption() {
        warehouse
                .begin(0)
                .stage(0, device("d1").build(), user("d1", "u1", "anna@example.com", "Anna"))
                .stage(0, device("d2").build())
                .stage(0, device("d3").removed().build(), user("d3", "u2", "ben@example.com", "Ben"))
                .details(0, SampleDetails.full("d1").account("anna", "Anna A", true));
        warehouse.publish(0);

        assertThat(warehouse.lines("select device_id, encryption, assigned_user_id, assigned_user_email,"
                        + " assigned_user_name, assigned_user_is_archived, assigned_since_slot"
                        + " from kandji.active_device order by 1"))
                .containsExactly(
                        "d1 | encrypted | u1 | anna@example.com | Anna | false | #0",
                        "d2 | unknown | null | null | null | null | null");
        assertThat(warehouse.lines("select device_id, device_name, serial_number, platform, access_type, user_email,"
                        + " username, is_admin, valid_from from kandji.current_assignment order by 1, access_type"))
                .containsExactly(
                        "d1 | Mac of the lobby | C02SAMPLE01 | Mac | assigned_user | anna@example.com | null | null | #0",
                        "d1 | Mac of the lobby | C02SAMPLE01 | Mac | local_account | null | anna | true | #0");
    }

    @Test
    void aDeviceIsStaleWhenItIsAbsentOrWasNotHeardOfForThirtyDays() {
        warehouse
                .begin(0)
                .stage(0, device("absent").checkIn(daysAgo(1)).build())
                .stage(0, device("fresh").checkIn(daysAgo(29)).build())
                .stage(0, device("silent").checkIn(daysAgo(31)).build())
                .stage(0, never("never", daysAgo(31)))
                .stage(0, never("new", daysAgo(1)));
        warehouse.publish(0);
        warehouse
                .begin(1)
                .stage(1, device("fresh").checkIn(daysAgo(29)).build())
                .stage(1, device("silent").checkIn(daysAgo(31)).build())
                .stage(1, never("never", daysAgo(31)))
                .stage(1, never("new", daysAgo(1)));
        warehouse.publish(1);

        assertThat(warehouse.lines("select device_id, is_absent, absent_since_slot, days_since_check_in"
                        + " from kandji.stale_device order by 1"))
                .containsExactly("absent | true | #1 | 1", "never | false | null | null", "silent | false | null | 31");
    }

    @Test
    void runsAreShownAsStatusShowsThem() {
        warehouse.begin(0).stage(0, device("d1").build());
        warehouse.publish(0);
        warehouse.runs.end(warehouse.run(0), new RunEnd(Outcome.PUBLISHED, 0, null, null, null, true), 0);
        warehouse.begin(1);

        assertThat(warehouse.lines("select run_id, slot, outcome, state, is_at_work, devices_listed, took is null"
                        + " from kandji.run_status order by slot"))
                .containsExactly(
                        "100 | #0 | published | published | false | 1 | false",
                        "101 | #1 | running | running | true | null | false");

        warehouse
                .jdbc
                .sql("update kandji.lease set expires_at = clock_timestamp()")
                .update();

        assertThat(warehouse.lines("select outcome, state, is_at_work, took is null"
                        + " from kandji.run_status where run_id = 101"))
                .containsExactly("running | died | false | true");
    }

    private static Instant daysAgo(int days) {
        return Instant.now().minus(Duration.ofDays(days)).minus(Duration.ofMinutes(1));
    }

    private static io.kandjietl.device.Device never(String deviceId, Instant enrolled) {
        SampleDevices.Builder builder = device(deviceId);
        builder.firstEnrolled = enrolled;
        return builder.neverCheckedIn().build();
    }
}
