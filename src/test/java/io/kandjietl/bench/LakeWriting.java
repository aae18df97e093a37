package io.kandjietl.bench;

import io.kandjietl.device.PublishedDevice;
import io.kandjietl.lake.Lake;
import io.kandjietl.lake.LakeFile;
import io.kandjietl.lake.LakeSnapshot;
import io.kandjietl.lake.LakeUri;
import io.kandjietl.lake.ParquetItemWriter;
import io.kandjietl.warehouse.PublishedRows;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes what a warehouse publishes into a lake in a folder, from one repeatable picture, in chunks as the job does. */
final class LakeWriting {

    private static final int CHUNK = 1_000;

    /** What is read while no time is taken: a fleet of a million does not fit into the heap. */
    private static final int BLOCK = 50_000;

    private final PublishedRows rows;
    private final TransactionTemplate picture;
    private final Lake lake;

    LakeWriting(DataSource pool, Path folder) {
        this.rows = new PublishedRows(pool);
        this.picture = new TransactionTemplate(new JdbcTransactionManager(pool));
        this.picture.setReadOnly(true);
        this.picture.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.lake = Lake.at(new LakeUri(URI.create("file://" + folder.toAbsolutePath())));
    }

    private LakeSnapshot begin() {
        return lake.begin(BenchWarehouse.TENANT, SimulatedListing.SLOT, 1, () -> {});
    }

    /** Both files and the manifest. */
    Files both() {
        try (LakeSnapshot snapshot = begin()) {
            Files files = picture.execute(status -> {
                snapshot.removeUnfinished();
                return new Files(
                        write(snapshot.devices(), sink -> rows.forEachDevice(BenchWarehouse.TENANT, sink)),
                        write(snapshot.assignments(), sink -> rows.forEachAssignment(BenchWarehouse.TENANT, sink)));
            });
            snapshot.publish();
            if (files == null) {
                throw new IllegalStateException("No files");
            }
            return files;
        }
    }

    private static <T> LakeFile write(ParquetItemWriter<T> writer, Consumer<Consumer<T>> source) {
        Chunk<T> chunk = new Chunk<>();
        source.accept(row -> {
            chunk.add(row);
            if (chunk.size() == CHUNK) {
                writer.write(chunk);
                chunk.clear();
            }
        });
        writer.write(chunk);
        return writer.seal();
    }

    /** The devices' file alone; how many seconds it takes without the reading of its rows. */
    Timed devices() {
        try (LakeSnapshot snapshot = begin()) {
            Stopwatch watch = new Stopwatch(snapshot.devices());
            picture.executeWithoutResult(status -> rows.forEachDevice(BenchWarehouse.TENANT, watch::take));
            return watch.end();
        }
    }

    /** The files of a snapshot. */
    record Files(LakeFile devices, LakeFile assignments) {

        long rows() {
            return devices.rows() + assignments.rows();
        }
    }

    /** A file, and the seconds of its writing. */
    record Timed(LakeFile file, double seconds) {}

    /** Lets the time run while rows are written, and stand still while they are read. */
    private static final class Stopwatch {

        private final ParquetItemWriter<PublishedDevice> writer;
        private final Chunk<PublishedDevice> block = new Chunk<>();
        private long nanos;

        Stopwatch(ParquetItemWriter<PublishedDevice> writer) {
            this.writer = writer;
        }

        void take(PublishedDevice row) {
            block.add(row);
            if (block.size() == BLOCK) {
                write();
            }
        }

        private void write() {
            long start = System.nanoTime();
            writer.write(block);
            nanos += System.nanoTime() - start;
            block.clear();
        }

        Timed end() {
            write();
            long start = System.nanoTime();
            LakeFile file = writer.seal();
            nanos += System.nanoTime() - start;
            return new Timed(file, nanos / 1e9);
        }
    }
}
