package io.kandjietl.simulator;

import org.jspecify.annotations.Nullable;

/**
 * A Kandji user at an instant.
 *
 * @param id a UUID, or all digits for one of the ids from before 2025, which the API writes as a number
 * @param email as the tenant spells it, which may be in mixed case; null when it knows none
 * @param name the full name
 * @param archived whether the user is archived
 */
public record Person(String id, @Nullable String email, String name, boolean archived) {

    /** Whether the API writes the id as a number. */
    public boolean hasIntegerId() {
        return id.chars().allMatch(Character::isDigit);
    }

    /** A user name for a computer: the initial and the last name. */
    String accountName() {
        String ascii = People.ascii(name);
        return ascii.charAt(0) + ascii.substring(ascii.lastIndexOf(' ') + 1);
    }
}
