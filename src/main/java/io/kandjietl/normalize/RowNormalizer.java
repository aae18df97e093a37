package io.kandjietl.normalize;

import io.kandjietl.device.AcceptedDevice;
import io.kandjietl.device.AccessType;
import io.kandjietl.device.Assignment;
import io.kandjietl.device.Device;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** The rules by which a listed row becomes a device and its assignments. */
final class RowNormalizer {

    private static final JsonPointer USER = JsonPointer.empty().appendProperty("user");

    private RowNormalizer() {}

    /**
     * What the row says.
     *
     * @throws UnusableRecordException when it can't be trusted
     */
    static AcceptedDevice normalize(long position, JsonNode row) {
        if (!row.isObject()) {
            throw UnusableRecordException.ofRecord(
                    "the row is " + RowBinder.kind(row) + " where an object is expected");
        }
        StorableJson.check(row);
        WireDevice wire = RowBinder.bind(row);
        Device device = device(wire);
        return new AcceptedDevice(position, device, assignments(device.deviceId(), wire.user()));
    }

    private static Device device(WireDevice wire) {
        return new Device(
                deviceId(wire.deviceId()),
                Texts.text("device_name", wire.deviceName()),
                Texts.key("serial_number", wire.serialNumber()),
                Texts.text("platform", wire.platform()),
                Texts.text("model", wire.model()),
                Texts.text("os_version", wire.osVersion()),
                Texts.text("supplemental_build_version", wire.supplementalBuildVersion()),
                Texts.text("supplemental_os_version_extra", wire.supplementalOsVersionExtra()),
                Texts.text("asset_tag", wire.assetTag()),
                Texts.lowerKey(JsonPointer.empty().appendProperty("blueprint_id"), wire.blueprintId()),
                Texts.text("blueprint_name", wire.blueprintName()),
                Texts.text("agent_version", wire.agentVersion()),
                wire.mdmEnabled(),
                wire.agentInstalled(),
                wire.isMissing(),
                wire.isRemoved(),
                Texts.text("lost_mode_status", wire.lostModeStatus()),
                Texts.tags(wire.tags()),
                Dates.instant("first_enrollment", wire.firstEnrollment()),
                Dates.instant("last_enrollment", wire.lastEnrollment()),
                Dates.instant("last_check_in", wire.lastCheckIn()),
                ExtraFields.of(wire));
    }

    private static String deviceId(@Nullable String value) {
        String id = Texts.deviceId(value);
        if (id == null) {
            throw UnusableRecordException.ofField(
                    "device_id",
                    Texts.blankToNull(value) == null
                            ? "the device has no id"
                            : "/device_id is not an id: up to 64 letters, digits, dots, dashes and underscores");
        }
        return id;
    }

    private static List<Assignment> assignments(String deviceId, @Nullable WireUser user) {
        if (user == null) {
            return List.of();
        }
        String userId = userId(user.id());
        return List.of(new Assignment(
                deviceId,
                AccessType.ASSIGNED_USER,
                userId,
                userId,
                Texts.lowerKey(USER.appendProperty("email"), user.email()),
                Texts.text(USER.appendProperty("name"), user.name()),
                user.isArchived(),
                null,
                null));
    }

    private static String userId(@Nullable JsonNode id) {
        JsonPointer pointer = USER.appendProperty("id");
        if (id != null && !id.isNull() && !id.isIntegralNumber() && !id.isString()) {
            throw new UnusableRecordException(
                    pointer + " is " + RowBinder.kind(id) + " where an integer or text is expected", pointer);
        }
        String text = id == null || id.isNull() ? null : id.asString();
        String userId = Texts.lowerKey(pointer, text);
        if (userId == null) {
            throw new UnusableRecordException("the assigned user has no id", pointer);
        }
        return userId;
    }
}
