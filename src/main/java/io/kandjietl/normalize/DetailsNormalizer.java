package io.kandjietl.normalize;

import io.kandjietl.device.AccessType;
import io.kandjietl.device.Assignment;
import io.kandjietl.device.DetailsOfDevice;
import io.kandjietl.device.DetailsOfDevice.Filevault;
import io.kandjietl.device.DetailsOfDevice.Hardware;
import io.kandjietl.device.DetailsOfDevice.Mdm;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** The rules by which a details answer becomes what it tells of a device. */
final class DetailsNormalizer {

    /** A Mac has a handful; the bound keeps one answer from filling the warehouse. */
    static final int MAX_ACCOUNTS = 500;

    private DetailsNormalizer() {}

    /**
     * What the answer says.
     *
     * @throws UnusableRecordException when it can't be trusted
     */
    static DetailsOfDevice normalize(String deviceId, Instant at, JsonNode answer) {
        if (!answer.isObject()) {
            throw UnusableRecordException.ofRecord(
                    "the answer is " + RowBinder.kind(answer) + " where an object is expected");
        }
        Section root = new Section(JsonPointer.empty(), answer);
        checkIsAbout(deviceId, root.section("general"));
        Section hardware = root.section("hardware_overview");
        Section mdm = root.section("mdm");
        Section filevault = root.section("filevault");
        return new DetailsOfDevice(
                deviceId,
                at,
                hardware == null ? null : hardware(hardware),
                mdm == null ? null : new Mdm(mdm.flag("supervised")),
                filevault == null ? null : new Filevault(filevault.flag("filevault_enabled")),
                accounts(deviceId, root.section("users")));
    }

    /** So that an answer that was mixed up on its way is not believed. */
    private static void checkIsAbout(String deviceId, @Nullable Section general) {
        String told = general == null ? null : Texts.deviceId(general.key("device_id"));
        if (general != null && told != null && !told.equals(deviceId)) {
            throw new UnusableRecordException("the answer is about another device", general.pointer("device_id"));
        }
    }

    /** Macs call it {@code udid}; iPhones, iPads and Apple TVs call the same thing {@code uuid}. */
    private static Hardware hardware(Section section) {
        String udid = section.key("udid");
        String uuid = section.key("uuid");
        return new Hardware(udid == null ? uuid : udid, section.key("model_identifier"));
    }

    private static @Nullable List<Assignment> accounts(String deviceId, @Nullable Section users) {
        List<Section> accounts = users == null ? null : users.list("regular_users", MAX_ACCOUNTS);
        if (accounts == null) {
            return null;
        }
        Map<String, Assignment> byName = new LinkedHashMap<>();
        for (Section account : accounts) {
            Assignment assignment = account(deviceId, account);
            byName.put(assignment.assigneeKey(), assignment);
        }
        return List.copyOf(byName.values());
    }

    private static Assignment account(String deviceId, Section account) {
        String username = account.key("username");
        if (username == null) {
            throw new UnusableRecordException("a local account has no user name", account.pointer("username"));
        }
        return new Assignment(
                deviceId,
                AccessType.LOCAL_ACCOUNT,
                username,
                null,
                null,
                account.text("name"),
                null,
                username,
                account.flag("admin"));
    }
}
