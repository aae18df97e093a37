package io.kandjietl.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * A blueprint: the set of rules that a device lives under.
 *
 * @param id a UUID
 * @param name as people call it
 */
record Blueprint(String id, String name) {

    /** All that the tenant has. */
    static final List<Blueprint> ALL = List.of(
            named("Company Standard"),
            named("Engineering"),
            named("Design & Brand"),
            named("Finance – restricted"),
            named("Sales \"On the Road\""),
            named("Meeting Rooms"),
            named("Kiosk"),
            named("BYOD"),
            named("Executives"),
            named("Pilot Ring 1"),
            named("Büro München"));

    private static Blueprint named(String name) {
        return new Blueprint(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(), name);
    }
}
