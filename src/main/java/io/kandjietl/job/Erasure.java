package io.kandjietl.job;

import io.kandjietl.device.ForgottenPerson;
import io.kandjietl.failure.ExitCode;
import io.kandjietl.failure.FailureException;
import io.kandjietl.lake.Lake;
import io.kandjietl.lake.PersonalFiles;
import io.kandjietl.warehouse.Erasures;
import io.kandjietl.warehouse.TenantLease;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets a person: files first, tables last, in one transaction with the record that it was done. Whom it is about is kept in
 * the database until then, so that it is ended under the same pseudonym wherever it was broken off. Files are read without the
 * tenant's lease, and rewritten with it for a while at a time: runs go on in between. For one thread.
 */
public final class Erasure {

    private static final Logger log = LoggerFactory.getLogger(Erasure.class);

    private static final int PSEUDONYM_BYTES = 8;

    /** Shorter than a run waits for the lease. */
    private static final Duration HELD_AT_MOST = Duration.ofSeconds(20);

    /** Longer than a run takes. */
    private static final Duration PATIENCE = Duration.ofHours(2);

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
     * @param tablesOnly whether a lake that is not set is left out, though runs were published to one
     * @throws UsageException when the person is nowhere
     */
    public Traces count(String email, boolean tablesOnly) {
        requireLake(tablesOnly);
        ForgottenPerson person = find(email);
        long files = lake == null ? 0 : lake.find(tenant, person, false).count();
        return new Traces(null, erasures.count(person), files, erasures.countOpen(person));
    }

    /**
     * Forgets a person. Takes the tenant's lease, and gives it back. An erasure that was begun for somebody else is ended first.
     *
     * @param tablesOnly as in {@link #count}
     * @throws UsageException when the person is nowhere
     */
    public Traces forget(String email, boolean tablesOnly) {
        requireLake(tablesOnly);
        Optional<ForgottenPerson> inHand = erasures.inHand();
        if (inHand.isPresent()) {
            log.info(
                    "An erasure was begun and not ended: going on with it, as {}",
                    inHand.get().pseudonym());
            Traces ended = end(learn(inHand.get()), true);
            if (inHand.get().emails().contains(normalized(email))) {
                return ended;
            }
        }
        return end(find(email), false);
    }

    private void requireLake(boolean tablesOnly) {
        if (lake == null && !tablesOnly && erasures.hasLake()) {
            throw new FailureException(
                    ExitCode.CONFIGURATION,
                    "LAKE_URI is none, but runs of tenant '" + tenant
                            + "' were published to a lake, where the person may be",
                    "Set LAKE_URI to that lake; or, where its files are gone, run the same command with --tables-only",
                    null);
        }
    }

    private Traces end(ForgottenPerson found, boolean isBegun) {
        ForgottenPerson person = found;
        PersonalFiles files = find(person, isBegun);
        try (TenantLease held = lease) {
            held.acquire();
            begin(person);
            long open = erasures.countOpen(person);
            long rewritten = rewrite(person, files);
            // Runs may have told more meanwhile.
            for (ForgottenPerson now = erasures.learn(person); !now.equals(person); now = erasures.learn(person)) {
                person = now;
                begin(person);
                rewritten += rewrite(person, find(person, false));
            }
            Map<String, Long> rows = erasures.end(person, runBy, rewritten);
            log.info(
                    "A person is forgotten, as {}: {} rows changed, {} files rewritten",
                    person.pseudonym(),
                    rows.values().stream().mapToLong(Long::longValue).sum(),
                    rewritten);
            return new Traces(person.pseudonym(), rows, rewritten, open);
        }
    }

    private void begin(ForgottenPerson person) {
        if (!erasures.begin(person)) {
            throw new FailureException(
                    ExitCode.TRY_LATER,
                    "Another erasure of tenant '" + tenant + "' was begun meanwhile",
                    "Run the same command again: it ends that one first",
                    null);
        }
    }

    private PersonalFiles find(ForgottenPerson person, boolean isBegun) {
        return lake == null ? PersonalFiles.none() : lake.find(tenant, person, isBegun);
    }

    private long rewrite(ForgottenPerson person, PersonalFiles files) {
        if (lake == null) {
            return 0;
        }
        long[] since = {System.nanoTime()};
        return lake.forget(tenant, person, files, lease::checkAside, () -> {
            if (System.nanoTime() - since[0] > HELD_AT_MOST.toNanos()) {
                lease.giveWay(PATIENCE);
                since[0] = System.nanoTime();
            }
        });
    }

    private ForgottenPerson find(String email) {
        ForgottenPerson asked = ForgottenPerson.of(email, pseudonym());
        ForgottenPerson known = learn(asked);
        boolean isKnown = !known.equals(asked)
                || !erasures.count(known).isEmpty()
                || find(known, false).count() > 0;
        if (!isKnown) {
            throw new UsageException(
                    "Nobody with this e-mail is in the tables or files of tenant '" + tenant + "'",
                    "See how it is spelled in kandji.device_assignment, or whether it was forgotten before:"
                            + " kandji.erasure says when, not who");
        }
        return known;
    }

    /** From tables and files, until files tell nothing that tables did not. */
    private ForgottenPerson learn(ForgottenPerson asked) {
        ForgottenPerson known = erasures.learn(asked);
        if (lake == null) {
            return known;
        }
        for (ForgottenPerson more = lake.learn(tenant, known); !more.equals(known); more = lake.learn(tenant, known)) {
            known = erasures.learn(more);
        }
        return known;
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
