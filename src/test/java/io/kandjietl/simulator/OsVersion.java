package io.kandjietl.simulator;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A version of an operating system, one of a row of versions that a device climbs.
 *
 * @param version for example {@code 14.4.1} or {@code 24H2}
 * @param build the supplemental build version, for example {@code 23E224}; null where there is none
 * @param extra the supplemental version, for example {@code (a)}; null but now and then
 */
record OsVersion(
        String version, @Nullable String build, @Nullable String extra) {

    /** How many versions there are of each system; the last is the newest. */
    static final int COUNT = 36;

    private static final int MINORS = 9;
    private static final int[] MAC = {13, 14, 15, 26};
    private static final int[] MOBILE = {16, 17, 18, 26};

    private static final List<OsVersion> MAC_VERSIONS = apple(MAC, 22);
    private static final List<OsVersion> MOBILE_VERSIONS = apple(MOBILE, 20);

    /** The n-th version that a platform has seen; beyond the newest it is the newest. */
    static OsVersion of(Platform platform, int n) {
        int rank = Math.min(n, COUNT - 1);
        return switch (platform) {
            case MAC -> MAC_VERSIONS.get(rank);
            case IPHONE, IPAD, APPLE_TV, VISION -> MOBILE_VERSIONS.get(rank);
            case WINDOWS -> new OsVersion((22 + rank / 9) + "H2", null, null);
            case ANDROID -> new OsVersion(Integer.toString(13 + rank / 12), null, null);
        };
    }

    private static List<OsVersion> apple(int[] majors, int firstDarwin) {
        return IntStream.range(0, COUNT)
                .mapToObj(rank -> apple(majors[rank / MINORS], firstDarwin + rank / MINORS, rank))
                .toList();
    }

    private static OsVersion apple(int major, int darwin, int rank) {
        int minor = rank % MINORS;
        String version = major + "." + minor + (rank % 2 == 1 ? ".1" : "");
        String build = "%d%c%d".formatted(darwin, 'A' + minor, 100 + rank * 37 % 800);
        return new OsVersion(version, build, rank % 12 == 5 ? "(a)" : null);
    }
}
