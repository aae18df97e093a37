package io.kandjietl.job;

import io.kandjietl.device.ForgottenPerson;
import io.kandjietl.lake.Lake;
import io.kandjietl.warehouse.Erasures;
import io.kandjietl.warehouse.TenantLease;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets a person: files first, tables last, in one transaction with the record that it was done. Whom it is about is kept in
 * the database until then, so that it is ended under the same pseudonym wherever it was broken off. For one thread.
 */
public final class Erasure {

    private static final Logger log = LoggerFactory.getLogger(Erasure.class);

    private static final int PSEUDONYM_BYTES = 8;

    private final Erasures erasures;
    private final @Nullable Lake lake;
    private final TenantLease lease;
    private final String tenant;
    private final String runBy;

    Erasure(Erasures erasures, @Nullable Lake lake, TenantLease lease, String tenant, String runBy) {
        this.erasures = erasures;
        this.lake = lake;
        this.lease = lease;
        this.tenant = tenant;
        this.runBy = runBy;
    }

    /**
     * Where a person was, or is.
     *
     * @param pseudonym what stands there since; null when nothing was changed
     * @param rows by table, those without any left out
     * @param files of the lake
     * @param open assignments that Kandji told last: the next runs bring back what is still so there
     */
    public record Traces(@Nullable String pseudonym, Map<String, Long> rows, long files, long open) {

        /** Copies the map. */
        public Traces {
            rows = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(rows));
        }
    }

    /**
     * Counts where a person is. Changes nothing, and needs no lease.
     *
     * @throws UsageException when the person is nowhere
     */
    public Traces count(String email) {
        ForgottenPerson person = find(email);
        long files = lake == null ? 0 : lake.countFiles(tenant, person);
        return new Traces(null, erasures.count(person), files, erasures.countOpen(person));
    }

    /**
     * Forgets a person. The lease must be held. An erasure that was begun for somebody else is ended first.
     *
     * @throws UsageException when the person is nowhere
     */
    public Traces forget(String email) {
        Optional<ForgottenPerson> inHand = erasures.inHand();
        if (inHand.isPresent()) {
            log.info(
                    "An erasure was begun and not ended: going on with it, as {}",
                    inHand.get().pseudonym());
            Traces ended = end(inHand.get());
            if (inHand.get().emails().contains(normalized(email))) {
                return ended;
            }
        }
        ForgottenPerson person = find(email);
        erasures.begin(person);
        return end(person);
    }

    private Traces end(ForgottenPerson person) {
        long open = erasures.countOpen(person);
        long files = lake == null ? 0 : lake.forget(tenant, person, lease::checkAside);
        Map<String, Long> rows = erasures.end(person, runBy, files);
        log.info(
                "A person is forgotten, as {}: {} rows changed, {} files rewritten",
                person.pseudonym(),
                rows.values().stream().mapToLong(Long::longValue).sum(),
                files);
        return new Traces(person.pseudonym(), rows, files, open);
    }

    private ForgottenPerson find(String email) {
        ForgottenPerson asked = ForgottenPerson.of(email, pseudonym());
        ForgottenPerson known = learn(asked);
        boolean isKnown = !known.equals(asked)
                || !erasures.count(known).isEmpty()
                || (lake != null && lake.countFiles(tenant, known) > 0);
        if (!isKnown) {
            throw new UsageException(
                    "Nobody with this e-mail is in the tables or files of tenant '" + tenant + "'",
                    "See how it is spelled in kandji.device_assignment, or whether it was forgotten before:"
                            + " kandji.erasure says when, not who");
        }
        return known;
    }

    /** From tables and files, until nothing is new. */
    private ForgottenPerson learn(ForgottenPerson asked) {
        ForgottenPerson known = asked;
        ForgottenPerson before;
        do {
            before = known;
            known = erasures.learn(known);
            known = lake == null ? known : lake.learn(tenant, known);
        } while (!known.equals(before));
        return erasures.learnAccounts(known);
    }

    private static String normalized(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    private static String pseudonym() {
        byte[] bytes = new byte[PSEUDONYM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return "forgotten-" + HexFormat.of().formatHex(bytes);
    }
}
