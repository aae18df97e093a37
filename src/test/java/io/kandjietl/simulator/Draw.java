package io.kandjietl.simulator;

import java.util.List;
import java.util.UUID;

/**
 * Draws that look random and are a pure function of a key: the same key and trait always draw the same. Different traits of
 * one key are independent of one another. The mixing is that of SplitMix64.
 */
record Draw(long key) {

    /** What is drawn; each decision has a trait of its own. */
    enum Trait {
        ACCOUNT,
        ACTIVATION_LOCK,
        ADMIN,
        AGENT,
        ASSET_TAG,
        BLUEPRINT,
        CHECK_IN,
        CHECK_IN_PACE,
        CYCLE,
        DISAGREEMENT,
        EMAIL,
        ENROLMENT_AGE,
        FILEVAULT,
        FIRST_ENROLMENT,
        HARDWARE,
        ID,
        ID_CASE,
        ID_REST,
        INTEGER_ID,
        IT_ACCOUNT,
        JITTER,
        LAST_ENROLMENT,
        LOST_MODE,
        MANAGED,
        MODEL,
        NAME_STYLE,
        NETWORK,
        OLDER_ROW,
        ORDER,
        OS,
        OTHER_PLATFORM,
        OWNER,
        PLATFORM,
        PROFILES,
        REMOVAL,
        RETURNS,
        SECTION,
        SERIAL,
        SERIAL_STYLE,
        SILENCE,
        SUPERVISION,
        TAGS,
        TOKEN,
        UDID,
        UNASSIGNED,
        UNASSIGNED_SPELLING,
        UNKNOWN_FIELD,
        USERS,
        VOLUMES
    }

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** A draw for a part of this one: its n-th owner, its n-th life. */
    Draw part(long n) {
        return new Draw(mix(key + GOLDEN * (n + 1)));
    }

    /** A draw for a trait, from which further ones can be drawn. */
    Draw part(Trait trait) {
        return new Draw(number(trait));
    }

    /** 64 bits. */
    long number(Trait trait) {
        return mix(mix(key) + GOLDEN * (trait.ordinal() + 1));
    }

    /** From 0 to the bound, exclusive. */
    int below(Trait trait, int bound) {
        return (int) (((number(trait) >>> 32) * bound) >>> 32);
    }

    /** Whether something happens that happens to so many in a thousand. */
    boolean perMille(Trait trait, int rate) {
        return below(trait, 1000) < rate;
    }

    <T> T pick(Trait trait, List<T> choices) {
        return choices.get(below(trait, choices.size()));
    }

    /** A random-looking UUID of version 4. */
    String uuid(Trait trait) {
        Draw bits = part(trait);
        return uuid(bits.number(Trait.ID), bits.number(Trait.ID_REST)).toString();
    }

    /** A UUID of version 4 with these bits, apart from those of version and variant. */
    static UUID uuid(long high, long low) {
        return new UUID((high & ~0xF000L) | 0x4000L, (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
    }

    /** So many characters of an alphabet. */
    String text(Trait trait, int length, String alphabet) {
        Draw source = part(trait);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(source.part(i).below(Trait.ID, alphabet.length())));
        }
        return text.toString();
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
