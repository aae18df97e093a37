package io.kandjietl.lake;

import io.kandjietl.device.PublishedAssignment;
import io.kandjietl.device.PublishedDevice;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A slot on its way into the lake: write and seal {@link #devices()}, write and seal {@link #assignments()}, then
 * {@link #publish()}. Killed anywhere and begun again it leaves the same files as if nothing had happened. Not for
 * several threads.
 */
public final class LakeSnapshot implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LakeSnapshot.class);

    private final LakeStore store;
    private final String root;
    private final SnapshotPaths paths;
    private final long runId;
    private final Runnable beforeVisible;
    private final ParquetItemWriter<PublishedDevice> devices;
    private final ParquetItemWriter<PublishedAssignment> assignments;

    LakeSnapshot(LakeStore store, String root, SnapshotPaths paths, long runId, Runnable beforeVisible) {
        this.store = store;
        this.root = root;
        this.paths = paths;
        this.runId = runId;
        this.beforeVisible = beforeVisible;
        this.devices = writer(LakeTable.devices(paths.slot()));
        this.assignments = writer(LakeTable.assignments(paths.slot()));
    }

    private <T> ParquetItemWriter<T> writer(LakeTable<T> table) {
        return new ParquetItemWriter<>(store, root, table, paths.data(table.entity()), beforeVisible);
    }

    /**
     * Removes what killed processes left of the tenant's files, whichever slot's. Only for the holder of the tenant's lease,
     * before it writes.
     *
     * @throws LakeUnwritableException when the store does not let it
     */
    public void removeUnfinished() {
        try {
            new StoredSnapshots(store, paths.tenant()).removeUnfinished();
        } catch (IOException e) {
            throw LakeUnwritableException.publishing(root, paths.data("devices"), e);
        }
    }

    /** Takes all devices of the tenant, in the order of their keys. The same writer each time. */
    public ParquetItemWriter<PublishedDevice> devices() {
        return devices;
    }

    /** Takes all assignments that are open at the slot, in the order of their keys. The same writer each time. */
    public ParquetItemWriter<PublishedAssignment> assignments() {
        return assignments;
    }

    /**
     * Writes the slot's manifest, then {@code _latest.json} beside it unless that tells a newer slot already. May be
     * repeated.
     *
     * @return where the slot's manifest is, relative to the lake's root
     * @throws IllegalStateException when a file is not sealed yet
     * @throws LakeUnwritableException when the store does not take it
     */
    public String publish() {
        byte[] json = Manifest.of(paths, runId, List.of(sealed(devices), sealed(assignments)))
                .json();
        write(paths.manifest(), json);
        if (latestSlot().filter(latest -> latest.isAfter(paths.slot())).isEmpty()) {
            write(paths.latest(), json);
        }
        return paths.manifest();
    }

    private static LakeFile sealed(ParquetItemWriter<?> writer) {
        LakeFile file = writer.sealed();
        if (file == null) {
            throw new IllegalStateException("The manifest comes after both files are sealed");
        }
        return file;
    }

    private Optional<Instant> latestSlot() {
        try {
            return store.read(paths.latest()).flatMap(Manifest::slotOf);
        } catch (IOException e) {
            throw LakeUnwritableException.publishing(root, paths.latest(), e);
        }
    }

    private void write(String path, byte[] content) {
        try {
            SmallFile.write(store, path, content, beforeVisible);
        } catch (IOException e) {
            throw LakeUnwritableException.publishing(root, path, e);
        }
    }

    /** Gives up what was not sealed, and lets the store go. Never throws. */
    @Override
    public void close() {
        devices.close();
        assignments.close();
        try {
            store.close();
        } catch (IOException e) {
            log.debug("The lake {} could not be closed: {}", root, e.toString());
        }
    }
}
