package io.kandjietl.device;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one details answer tells of a device, section by section. A section that is null was not in the answer: what is
 * known of its columns stays as it is. Names are those of the columns of {@code kandji.device}.
 *
 * @param deviceId the device, lower case
 * @param detailsAsOf when the answer was given, to the microsecond
 * @param hardware null when the answer does not carry the section
 * @param mdm null when the answer does not carry the section
 * @param filevault null when the answer does not carry the section
 * @param localAccounts the regular accounts on the device, each user name once; null when the answer does not carry them
 */
public record DetailsOfDevice(
        String deviceId,
        Instant detailsAsOf,
        @Nullable Hardware hardware,
        @Nullable Mdm mdm,
        @Nullable Filevault filevault,
        @Nullable List<Assignment> localAccounts)
        implements NormalizedDetails {

    /** Copies the accounts. */
    public DetailsOfDevice {
        localAccounts = localAccounts == null ? null : List.copyOf(localAccounts);
    }

    /**
     * The section {@code hardware_overview}.
     *
     * @param udid the hardware's identifier
     * @param modelIdentifier for example {@code Mac14,2}
     */
    public record Hardware(@Nullable String udid, @Nullable String modelIdentifier) {}

    /**
     * The section {@code mdm}.
     *
     * @param isSupervised whether the device is supervised
     */
    public record Mdm(@Nullable Boolean isSupervised) {}

    /**
     * The section {@code filevault}.
     *
     * @param filevaultEnabled whether FileVault is on
     */
    public record Filevault(@Nullable Boolean filevaultEnabled) {}
}
