package io.kandjietl.lake;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** In which of a tenant's files a person was found, snapshot by snapshot. Not for several threads. */
public final class PersonalFiles {

    private final Map<Instant, Set<String>> entities = new HashMap<>();

    PersonalFiles() {}

    /** Where nothing was looked at. */
    public static PersonalFiles none() {
        return new PersonalFiles();
    }

    void put(Instant slot, Set<String> found) {
        entities.put(slot, Set.copyOf(found));
    }

    /** The entities of a snapshot's files that the person is in; empty when the snapshot was not looked at. */
    Optional<Set<String>> of(Instant slot) {
        return Optional.ofNullable(entities.get(slot));
    }

    /** How many files. */
    public long count() {
        return entities.values().stream().mapToLong(Set::size).sum();
    }
}
