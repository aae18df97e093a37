package io.kandjietl.lake;

import io.kandjietl.device.ForgottenPerson;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * The lake: Parquet files in a folder of a local disk, HDFS or S3. Holds nothing open, so it may be shared between
 * threads; what it gives may not.
 */
public final class Lake {

    private final URI root;
    private final S3Settings s3;

    private Lake(URI root, S3Settings s3) {
        this.root = root;
        this.s3 = s3;
    }

    /**
     * The lake at a URI; in S3 with nothing set.
     *
     * @throws IllegalArgumentException for {@link LakeUri#NONE}
     */
    public static Lake at(LakeUri uri) {
        return at(uri, S3Settings.STANDARD);
    }

    /**
     * The lake at a URI. Nothing is asked of its store yet.
     *
     * @param s3 how it is reached where it is in S3
     * @throws IllegalArgumentException for {@link LakeUri#NONE}
     */
    public static Lake at(LakeUri uri, S3Settings s3) {
        URI root = uri.root();
        if (root == null) {
            throw new IllegalArgumentException("There is no lake");
        }
        return new Lake(root, s3);
    }

    /**
     * Begins a slot's snapshot. The caller closes it, whatever happens.
     *
     * @param tenant letters, digits, hyphens, underscores and dots
     * @param slot whole seconds
     * @param runId for the manifest
     * @param beforeVisible called just before each file appears; what it throws is passed on, and leaves the file
     *     unpublished: the place for the check of a fencing token
     * @throws LakeUnwritableException when the store is not there
     * @throws IllegalArgumentException when tenant or slot can't be in a path
     */
    public LakeSnapshot begin(String tenant, Instant slot, long runId, Runnable beforeVisible) {
        SnapshotPaths paths = new SnapshotPaths(tenant, slot);
        try {
            return new LakeSnapshot(LakeStore.open(root, s3), root.toString(), paths, runId, beforeVisible);
        } catch (IOException e) {
            throw LakeUnwritableException.publishing(root.toString(), paths.data("devices"), e);
        }
    }

    /**
     * Works on the snapshots of a tenant whose slots are before a moment, the oldest first: never on the newest one, nor
     * on the one that {@code _latest.json} names.
     *
     * @param work given each of them, and how to remove it; it may be called again for the same one after it failed
     * @return how many there are
     * @throws LakeUnwritableException when the store can't be read, or does not remove
     */
    public long forEachBefore(String tenant, Instant before, BiConsumer<Instant, Runnable> work) {
        try (LakeStore store = LakeStore.open(root, s3)) {
            StoredSnapshots stored = new StoredSnapshots(store, tenant);
            NavigableSet<Instant> slots = stored.slots();
            if (!slots.isEmpty()) {
                slots.remove(slots.last());
            }
            stored.latest().ifPresent(slots::remove);
            NavigableSet<Instant> old = slots.headSet(before, false);
            old.forEach(slot -> work.accept(slot, () -> remove(stored, slot)));
            return old.size();
        } catch (IOException e) {
            throw LakeUnwritableException.listing(root.toString(), e);
        }
    }

    /**
     * Adds what a tenant's snapshots tell of a person: ids and names that stand beside a known e-mail or id, and local accounts on
     * the person's devices. Changes nothing, and needs no lease.
     *
     * @throws LakeUnwritableException when the store can't be read
     */
    public ForgottenPerson learn(String tenant, ForgottenPerson person) {
        ForgottenPerson[] known = {person};
        onSnapshots(tenant, snapshot -> known[0] = snapshot.learn(known[0]));
        return known[0];
    }

    /**
     * Finds the files that a person is in. Changes nothing, and needs no lease.
     *
     * @param isBegun whether this person's pseudonym may stand in files already, whose manifests a process that died did not
     *     write anew: they are found, too
     * @throws LakeUnwritableException when the store can't be read
     */
    public PersonalFiles find(String tenant, ForgottenPerson person, boolean isBegun) {
        PersonalFiles files = new PersonalFiles();
        onSnapshots(tenant, snapshot -> files.put(snapshot.slot(), snapshot.find(person, isBegun)));
        return files;
    }

    /**
     * Rewrites the files that a person was found in, and those of snapshots that came since, and their manifests: the same rows in
     * the order of their keys, with the pseudonym in the person's place. Broken off anywhere and done again for the same
     * person it ends the same. A reader between a file and its manifest finds a hash that does not fit.
     *
     * @param found a snapshot that is not among them is looked at
     * @param beforeVisible called just before each file appears; what it throws is passed on
     * @param afterSnapshot called after each snapshot that was touched: whoever lets others publish meanwhile does it here
     * @return how many files were rewritten
     * @throws LakeUnwritableException when the store can't be read or written
     */
    public long forget(
            String tenant,
            ForgottenPerson person,
            PersonalFiles found,
            Runnable beforeVisible,
            Runnable afterSnapshot) {
        beforeVisible.run();
        try (LakeStore store = LakeStore.open(root, s3)) {
            StoredSnapshots stored = new StoredSnapshots(store, tenant);
            stored.removeUnfinished();
            Set<Instant> done = new HashSet<>();
            long files = 0;
            for (NavigableSet<Instant> slots = stored.slots(); done.addAll(slots); slots = stored.slots()) {
                for (Instant slot : slots) {
                    PersonInLake snapshot = new PersonInLake(store, new SnapshotPaths(tenant, slot));
                    files += forget(snapshot, person, found, beforeVisible, afterSnapshot);
                }
            }
            return files;
        } catch (IOException e) {
            throw LakeUnwritableException.listing(root.toString(), e);
        }
    }

    private long forget(
            PersonInLake snapshot,
            ForgottenPerson person,
            PersonalFiles found,
            Runnable beforeVisible,
            Runnable afterSnapshot) {
        try {
            Optional<Set<String>> known = found.of(snapshot.slot());
            Set<String> entities = known.isPresent() ? known.get() : snapshot.find(person, false);
            found.put(snapshot.slot(), Set.of());
            if (entities.isEmpty()) {
                return 0;
            }
            long files = snapshot.forget(person, entities, beforeVisible);
            afterSnapshot.run();
            return files;
        } catch (IOException e) {
            throw LakeUnwritableException.forgetting(root.toString(), snapshot.slot(), e);
        }
    }

    private interface Work {
        void on(PersonInLake snapshot) throws IOException;
    }

    private void onSnapshots(String tenant, Work work) {
        try (LakeStore store = LakeStore.open(root, s3)) {
            for (Instant slot : new StoredSnapshots(store, tenant).slots()) {
                try {
                    work.on(new PersonInLake(store, new SnapshotPaths(tenant, slot)));
                } catch (IOException e) {
                    throw LakeUnwritableException.forgetting(root.toString(), slot, e);
                }
            }
        } catch (IOException e) {
            throw LakeUnwritableException.listing(root.toString(), e);
        }
    }

    private void remove(StoredSnapshots stored, Instant slot) {
        try {
            stored.remove(slot);
        } catch (IOException e) {
            throw LakeUnwritableException.removing(root.toString(), slot, e);
        }
    }

    /**
     * Tries the lake: writes a small file, reads it back and removes it.
     *
     * @throws LakeUnwritableException when one of these fails; it says why
     */
    public void probe() {
        String path = "_probe-" + UUID.randomUUID() + ".txt";
        byte[] content = "kandji-etl was here to try whether it can write\n".getBytes(StandardCharsets.UTF_8);
        try (LakeStore store = LakeStore.open(root, s3)) {
            SmallFile.write(store, path, content, () -> {});
            boolean same = store.read(path)
                    .filter(read -> Arrays.equals(read, content))
                    .isPresent();
            store.delete(path);
            if (!same) {
                throw new IOException("what was written can't be read back");
            }
        } catch (IOException e) {
            throw LakeUnwritableException.probing(root.toString(), e);
        }
    }
}
