package io.kandjietl.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.device.Device;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each tracked column that the listing knows makes history when it changes; no other field does. */
class TrackedColumnsIntegrationTests {

    private static final Set<String> FROM_DETAILS =
            Set.of("model_identifier", "udid", "is_supervised", "filevault_enabled");

    /** They follow from others: a device that is removed is archived. */
    private static final Set<String> DERIVED = Set.of("status", "archived_reason");

    static final List<String> LISTED = TrackedColumns.NAMES.stream()
            .filter(column -> !FROM_DETAILS.contains(column) && !DERIVED.contains(column))
            .toList();

    static final List<String> TOLD_BY_DETAILS =
            TrackedColumns.NAMES.stream().filter(FROM_DETAILS::contains).toList();

    static final List<String> UNTRACKED = List.of("last_check_in", "extra");

    @Test
    void everyFieldOfADeviceIsTrackedOrKnownNotToBe() {
        assertThat(Arrays.stream(Device.class.getRecordComponents())
                        .map(component -> column(component.getName()))
                        .filter(column -> !column.equals("device_id")))
                .containsExactlyInAnyOrderElementsOf(java.util.stream.Stream.concat(LISTED.stream(), UNTRACKED.stream())
                        .toList());
    }

    @ParameterizedTest
    @FieldSource("LISTED")
    void aChangeOfATrackedColumnMakesHistory(String column) throws ReflectiveOperationException {
        assertThat(historyRowsAfterAChangeOf(column, false)).as("changed").isEqualTo(2);
        assertThat(historyRowsAfterAChangeOf(column, true)).as("emptied").isEqualTo(2);
    }

    @ParameterizedTest
    @FieldSource("UNTRACKED")
    void aChangeOfAnUntrackedColumnMakesNone(String column) throws ReflectiveOperationException {
        assertThat(historyRowsAfterAChangeOf(column, false)).isEqualTo(1);
    }

    @ParameterizedTest
    @FieldSource("TOLD_BY_DETAILS")
    void aChangeOfAColumnFromDetailsMakesHistory(String column) {
        SampleDetails before = SampleDetails.full("d1");
        try (Warehouse warehouse = new Warehouse()) {
            warehouse.begin(0).stage(0, SampleDevices.device("d1").build()).details(0, before);
            warehouse.publish(0);
            warehouse.begin(1).stage(1, SampleDevices.device("d1").build()).details(1, before.changed(column, false));
            warehouse.publish(1);
            warehouse.begin(2).stage(2, SampleDevices.device("d1").build()).details(2, before.changed(column, true));
            warehouse.publish(2);

            assertThat(warehouse.lines("select count(distinct coalesce(" + column
                            + "::text, 'nothing')) as different, count(*) as all_rows" + " from kandji.device_history"))
                    .containsExactly("3 | 3");
        }
    }

    @Test
    void everyColumnFromDetailsIsTracked() {
        assertThat(TOLD_BY_DETAILS).containsExactlyInAnyOrderElementsOf(FROM_DETAILS);
    }

    private static long historyRowsAfterAChangeOf(String column, boolean toNull) throws ReflectiveOperationException {
        Device before = SampleDevices.device("d1").build();
        try (Warehouse warehouse = new Warehouse()) {
            warehouse.begin(0).stage(0, before);
            warehouse.publish(0);
            warehouse.begin(1).stage(1, changed(before, column, toNull));
            warehouse.publish(1);
            return warehouse.rows("select * from kandji.device_history").size();
        }
    }

    private static Device changed(Device device, String column, boolean toNull) throws ReflectiveOperationException {
        RecordComponent[] components = Device.class.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Object value = components[i].getAccessor().invoke(device);
            values[i] = column(components[i].getName()).equals(column) ? (toNull ? null : other(value)) : value;
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return Device.class.getDeclaredConstructor(types).newInstance(values);
    }

    private static Object other(@Nullable Object value) {
        return switch (value) {
            case null -> "{\"new\": true}";
            case String text -> text + " changed";
            case Boolean bool -> !bool;
            case Instant instant -> instant.plusNanos(1_000);
            case List<?> list -> List.of("changed");
            default -> throw new IllegalArgumentException("No other value of " + value);
        };
    }

    private static String column(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
