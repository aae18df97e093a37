package io.kandjietl.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.job.SyncReport;
import io.kandjietl.job.SyncRequest;
import io.kandjietl.simulator.ScriptedFleet;
import io.kandjietl.simulator.SimulatedTenant;
import io.kandjietl.support.ClockedSync;
import io.kandjietl.support.Installation;
import io.kandjietl.support.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A quarter in the life of a small, invented fleet, observed by whole runs on a clock of its own. */
final class Story implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String PASSED_ON = id(1);
    private static final String BENS = id(2);
    private static final String CLARAS = id(3);
    private static final String LAB = id(4);
    private static final String PHONE = id(5);
    private static final String TABLET = id(6);
    private static final String RETIRED = id(7);
    private static final String DRAWER = id(8);

    private final ManualClock clock = new ManualClock("2026-01-05T10:00:00Z");
    private final ScriptedFleet fleet = ScriptedFleet.of();
    private final SimulatedTenant tenant =
            SimulatedTenant.builder().fleet(fleet).clock(clock).unlimited().start();
    private final Installation installation;

    Story(Path folder) {
        installation = new Installation(folder, tenant);
    }

    Installation installation() {
        return installation;
    }

    /** Lets the quarter pass. */
    void tell() {
        january();
        at("2026-01-31T22:00:00Z");
        february();
        at("2026-02-28T22:00:00Z");
        march();
    }

    private void january() {
        add(PASSED_ON, "MacBook Air of accounting", "C02AA11AAAAA", "Mac", "15.2", anna());
        add(BENS, "MacBook Pro 14", "C02BB22BBBBB", "Mac", "15.2", ben());
        add(CLARAS, "MacBook Pro 16", "C02CC33CCCCC", "Mac", "15.2", clara());
        add(LAB, "Mac mini of the lab", "C02DD44DDDDD", "Mac", "14.7", null);
        add(PHONE, "iPhone 15", "F2LEE55EEEEE", "iPhone", "18.2", anna());
        add(RETIRED, "iMac of the lobby", "C02GG77GGGGG", "Mac", "14.7", null);
        add(DRAWER, "MacBook Air in a drawer", "C02HH88HHHHH", "Mac", "14.6", ben());
        details(PASSED_ON, true, account("aabt", "Anna Abt", false));
        details(BENS, true, account("bbau", "Ben Bau", true));
        details(CLARAS, false, account("ccurt", "Clara Curt", true));
        details(LAB, null, account("lab", "Lab", true), account("student", "Student", false));
        at("2026-01-05T10:00:00Z");
    }

    private void february() {
        add(TABLET, "iPad of the shop", "DMPFF66FFFFF", "iPad", "18.3", null);
        for (String device : new String[] {PASSED_ON, BENS, CLARAS}) {
            fleet.change(device, row -> row.put("os_version", "15.3"));
        }
        at("2026-02-10T08:00:00Z");
    }

    private void march() {
        fleet.change(RETIRED, row -> row.put("is_removed", true));
        at("2026-03-02T22:00:00Z");
        fleet.change(PASSED_ON, row -> row.set("user", ben()));
        details(PASSED_ON, true, account("bbau", "Ben Bau", true));
        at("2026-03-03T06:00:00Z");
        at("2026-03-03T08:00:00Z");
        fleet.change(CLARAS, row -> row.set("user", clara().put("is_archived", true)));
        for (String device : new String[] {PASSED_ON, BENS, CLARAS, LAB}) {
            fleet.change(device, row -> row.put("last_check_in", "2026-03-31T21:47:02.125000Z"));
        }
        fleet.change(TABLET, row -> row.put("last_check_in", "2026-03-31T20:12:40.000000Z"));
        fleet.change(PHONE, row -> row.put("last_check_in", "2026-03-30T09:15:11.000000Z"));
        at("2026-03-31T22:00:00Z");
    }

    private void at(String slot) {
        Duration wait = Duration.between(clock.instant(), Instant.parse(slot));
        if (wait.isPositive()) {
            clock.pass(wait);
        }
        assertThat(ClockedSync.run(installation, clock, SyncRequest.REGULAR).kind())
                .isEqualTo(SyncReport.Kind.PUBLISHED);
    }

    private void add(
            String id, String name, String serial, String platform, String osVersion, @Nullable ObjectNode user) {
        fleet.append(ScriptedFleet.row(id, row -> {
            row.put("device_name", name);
            row.put("serial_number", serial);
            row.put("platform", platform);
            row.put("model", name.split(" ")[0]);
            row.put("os_version", osVersion);
            row.put("last_check_in", clock.instant().toString());
            if (user != null) {
                row.set("user", user);
            }
        }));
        if (!platform.equals("Mac")) {
            fleet.details(
                    id,
                    "{\"general\":{},\"mdm\":{\"supervised\":\"True\"},\"filevault\":{\"filevault_enabled\":null}}");
        }
    }

    private void details(String id, @Nullable Boolean filevault, ObjectNode... accounts) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("general");
        answer.putObject("mdm").put("supervised", "True");
        if (filevault != null) {
            answer.putObject("filevault").put("filevault_enabled", filevault);
        }
        ArrayNode users = answer.putObject("users").putArray("regular_users");
        for (ObjectNode account : accounts) {
            users.add(account);
        }
        fleet.details(id, JSON.writeValueAsString(answer));
    }

    private static ObjectNode account(String username, String name, boolean isAdmin) {
        return JSON.createObjectNode()
                .put("username", username)
                .put("uid", "501")
                .put("path", "/Users/" + username)
                .put("admin", isAdmin ? "Yes" : "No")
                .put("name", name);
    }

    private static ObjectNode anna() {
        return ScriptedFleet.user("6f0c1a52-0000-4000-8000-00000000000a", "anna@example.com", "Anna Abt");
    }

    private static ObjectNode ben() {
        return ScriptedFleet.user("6f0c1a52-0000-4000-8000-00000000000b", "ben@example.com", "Ben Bau");
    }

    private static ObjectNode clara() {
        return ScriptedFleet.user("6f0c1a52-0000-4000-8000-00000000000c", "clara@example.com", "Clara Curt");
    }

    private static String id(int number) {
        return String.format("00000000-0000-4000-8000-%012d", number);
    }

    @Override
    public void close() {
        tenant.close();
    }
}
