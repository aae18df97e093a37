package io.kandjietl.device;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person who is to be forgotten, with all that is known to be the person's, and the pseudonym that takes its place.
 * Immutable.
 *
 * @param emails lower case
 * @param userIds ids in Kandji, old ones included
 * @param names as they were spelled
 * @param usernames of local accounts that are the person's, in the order in which they were found: their numbers stay
 * @param deviceIds the devices that the person had
 * @param pseudonym a word without meaning
 */
public record ForgottenPerson(
        Set<String> emails,
        Set<String> userIds,
        Set<String> names,
        Set<String> usernames,
        Set<String> deviceIds,
        String pseudonym) {

    /** Copies the sets. */
    public ForgottenPerson {
        emails = Set.copyOf(emails);
        userIds = Set.copyOf(userIds);
        names = Set.copyOf(names);
        usernames = Collections.unmodifiableSet(new LinkedHashSet<>(usernames));
        deviceIds = Set.copyOf(deviceIds);
    }

    /** A person of whom only an e-mail is known. */
    public static ForgottenPerson of(String email, String pseudonym) {
        return new ForgottenPerson(
                Set.of(email.strip().toLowerCase(Locale.ROOT)), Set.of(), Set.of(), Set.of(), Set.of(), pseudonym);
    }

    /** With what a row tells of the person, whichever it is. */
    public ForgottenPerson with(
            String deviceId, @Nullable String userId, @Nullable String email, @Nullable String name) {
        return new ForgottenPerson(
                plus(emails, email == null ? null : email.toLowerCase(Locale.ROOT)),
                plus(userIds, userId),
                plus(names, name),
                usernames,
                plus(deviceIds, deviceId),
                pseudonym);
    }

    /** With a local account. */
    public ForgottenPerson withAccount(String username) {
        return new ForgottenPerson(emails, userIds, names, plus(usernames, username), deviceIds, pseudonym);
    }

    private static Set<String> plus(Set<String> set, @Nullable String more) {
        if (more == null || more.isBlank()) {
            return set;
        }
        Set<String> all = new LinkedHashSet<>(set);
        all.add(more);
        return all;
    }

    /** Whether an assigned user is the person. */
    public boolean isUser(@Nullable String userId, @Nullable String email) {
        return (userId != null && userIds.contains(userId))
                || (email != null && emails.contains(email.toLowerCase(Locale.ROOT)));
    }

    /**
     * Whether a local account on one of the person's devices is the person's own: it is called as the person is, or as the
     * e-mail before its at sign.
     */
    public boolean isOwnAccount(String username, @Nullable String name) {
        boolean isCalledSo = name != null && names.stream().anyMatch(name.strip()::equalsIgnoreCase);
        return isCalledSo
                || emails.stream()
                        .map(email -> email.substring(0, Math.max(0, email.indexOf('@'))))
                        .anyMatch(username::equalsIgnoreCase);
    }

    /** Whether a local account was found to be the person's. */
    public boolean isAccount(String deviceId, @Nullable String username) {
        return username != null && deviceIds.contains(deviceId) && usernames.contains(username);
    }

    /** What stands for a local account's user name: a second one has a number behind it. */
    public String pseudonymOf(String username) {
        int number = 1;
        for (String one : usernames) {
            if (one.equals(username)) {
                break;
            }
            number++;
        }
        return number == 1 ? pseudonym : pseudonym + "-" + number;
    }
}
