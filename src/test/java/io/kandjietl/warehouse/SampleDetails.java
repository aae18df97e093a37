package io.kandjietl.warehouse;

import io.kandjietl.device.AccessType;
import io.kandjietl.device.Assignment;
import io.kandjietl.device.DetailsOfDevice;
import io.kandjietl.device.DetailsOfDevice.Filevault;
import io.kandjietl.device.DetailsOfDevice.Hardware;
import io.kandjietl.device.DetailsOfDevice.Mdm;
import io.kandjietl.device.NormalizedDetails;
import io.kandjietl.device.RejectedRecord;
import io.kandjietl.device.TriedDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Invented details answers; without sections at first.
 *
 * @param at when the answer was given
 * @param outcome whether there was a usable one
 */
record SampleDetails(
        String deviceId,
        Instant at,
        Outcome outcome,
        @Nullable Hardware hardware,
        @Nullable Mdm mdm,
        @Nullable Filevault filevault,
        @Nullable List<Assignment> accounts) {

    static final Instant AT = Instant.parse("2026-11-23T12:10:00.123456Z");

    enum Outcome {
        TOLD,
        NOTHING,
        REJECTED
    }

    static SampleDetails of(String deviceId) {
        return new SampleDetails(deviceId, AT, Outcome.TOLD, null, null, null, null);
    }

    static SampleDetails full(String deviceId) {
        return of(deviceId).hardware("udid-1", "Mac14,2").supervised(true).filevault(true);
    }

    /** Asked for in vain. */
    static SampleDetails failed(String deviceId) {
        return new SampleDetails(deviceId, AT, Outcome.NOTHING, null, null, null, null);
    }

    /** Answered with what could not be used. */
    static SampleDetails rejected(String deviceId) {
        return new SampleDetails(deviceId, AT, Outcome.REJECTED, null, null, null, null);
    }

    SampleDetails at(Instant value) {
        return new SampleDetails(deviceId, value, outcome, hardware, mdm, filevault, accounts);
    }

    SampleDetails hardware(@Nullable String udid, @Nullable String modelIdentifier) {
        return new SampleDetails(deviceId, at, outcome, new Hardware(udid, modelIdentifier), mdm, filevault, accounts);
    }

    SampleDetails supervised(@Nullable Boolean value) {
        return new SampleDetails(deviceId, at, outcome, hardware, new Mdm(value), filevault, accounts);
    }

    SampleDetails filevault(@Nullable Boolean value) {
        return new SampleDetails(deviceId, at, outcome, hardware, mdm, new Filevault(value), accounts);
    }

    SampleDetails noAccounts() {
        return new SampleDetails(deviceId, at, outcome, hardware, mdm, filevault, List.of());
    }

    SampleDetails account(String username, @Nullable String name, boolean isAdmin) {
        List<Assignment> more = new ArrayList<>(accounts == null ? List.of() : accounts);
        more.add(new Assignment(
                deviceId, AccessType.LOCAL_ACCOUNT, username, null, null, name, null, username, isAdmin));
        return new SampleDetails(deviceId, at, outcome, hardware, mdm, filevault, more);
    }

    /** With another value of a column, or with none. */
    SampleDetails changed(String column, boolean toNull) {
        return switch (column) {
            case "udid" -> hardware(toNull ? null : "udid-2", "Mac14,2");
            case "model_identifier" -> hardware("udid-1", toNull ? null : "Mac15,3");
            case "is_supervised" -> supervised(toNull ? null : false);
            case "filevault_enabled" -> filevault(toNull ? null : false);
            default -> throw new IllegalArgumentException("Details do not tell " + column);
        };
    }

    TriedDetails tried(long rank) {
        NormalizedDetails told = switch (outcome) {
            case TOLD -> new DetailsOfDevice(deviceId, at, hardware, mdm, filevault, accounts);
            case NOTHING -> null;
            case REJECTED ->
                new RejectedRecord(
                        rank, RejectedRecord.Source.DETAILS, deviceId, "/mdm is a number", "/mdm", "{\"mdm\":7}");
        };
        return new TriedDetails(rank, deviceId, at, told == null ? null : TriedDetails.Verdict.THERE, told);
    }
}
