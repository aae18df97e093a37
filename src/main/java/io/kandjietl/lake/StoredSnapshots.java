package io.kandjietl.lake;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The snapshots of a tenant that a lake holds. A slot counts when any of its three files is there; what dead processes left
 * unfinished does not. Not for several threads.
 */
final class StoredSnapshots {

    /** In the order in which they go: who finds a manifest finds its files. */
    static final List<String> ENTITIES = List.of("devices", "assignments");

    private final LakeStore store;
    private final String tenant;

    StoredSnapshots(LakeStore store, String tenant) {
        this.store = store;
        this.tenant = tenant;
    }

    /** Their slots, the oldest first. */
    NavigableSet<Instant> slots() throws IOException {
        NavigableSet<Instant> slots = new TreeSet<>();
        for (String name : store.list(SnapshotPaths.manifestsOf(tenant))) {
            SnapshotPaths.slotOfManifest(name).ifPresent(slots::add);
        }
        for (String entity : ENTITIES) {
            String folder = SnapshotPaths.dataOf(entity, tenant);
            for (String day : store.list(folder)) {
                for (String name : store.list(folder + day)) {
                    SnapshotPaths.slotOfData(name).ifPresent(slots::add);
                }
            }
        }
        return slots;
    }

    /** The slot that {@code _latest.json} names; empty when there is none. */
    Optional<Instant> latest() throws IOException {
        return store.read(SnapshotPaths.latestOf(tenant)).flatMap(Manifest::slotOf);
    }

    /** Removes what killed processes left of the tenant's files, whichever slot's. For the holder of the tenant's lease. */
    void removeUnfinished() throws IOException {
        store.removeUnfinished(SnapshotPaths.manifestsOf(tenant));
        for (String entity : ENTITIES) {
            store.removeUnfinished(SnapshotPaths.dataOf(entity, tenant));
        }
    }

    /** Removes a snapshot: its manifest first, then its files, then a day's folder that is empty. May be repeated. */
    void remove(Instant slot) throws IOException {
        SnapshotPaths paths = new SnapshotPaths(tenant, slot);
        store.delete(paths.manifest());
        for (String entity : ENTITIES) {
            store.delete(paths.data(entity));
            store.deleteEmptyFolder(paths.dayOf(entity));
        }
    }
}
