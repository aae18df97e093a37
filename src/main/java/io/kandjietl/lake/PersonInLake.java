package io.kandjietl.lake;

import io.kandjietl.device.ForgottenPerson;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveComparator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A person in one snapshot of the lake. Rows pass one by one: memory does not grow with them. Not for several threads. */
final class PersonInLake {

    private static final Logger log = LoggerFactory.getLogger(PersonInLake.class);

    private static final Comparator<Group> BY_KEY = by("access_type").thenComparing(by("assignee_key"));

    /** In the order of the bytes, as the warehouse sorts. */
    private static Comparator<Group> by(String column) {
        return Comparator.comparing(
                row -> row.getBinary(column, 0), PrimitiveComparator.UNSIGNED_LEXICOGRAPHICAL_BINARY_COMPARATOR);
    }

    private final LakeStore store;
    private final SnapshotPaths paths;

    PersonInLake(LakeStore store, SnapshotPaths paths) {
        this.store = store;
        this.paths = paths;
    }

    Instant slot() {
        return paths.slot();
    }

    /** The person with what the snapshot's assignments tell. */
    ForgottenPerson learn(ForgottenPerson person) throws IOException {
        ForgottenPerson[] known = {person};
        anyRow("assignments", row -> {
            known[0] = PersonalRows.learn(known[0], row);
            return false;
        });
        return known[0];
    }

    /**
     * The entities whose files are to be rewritten for a person.
     *
     * @param isBegun whether those count, too, that were rewritten before and whose manifest, or the latest one, is not yet
     */
    Set<String> find(ForgottenPerson person, boolean isBegun) throws IOException {
        PersonalRows rows = new PersonalRows(person);
        Set<String> found = new TreeSet<>();
        for (String entity : StoredSnapshots.ENTITIES) {
            if (anyRow(entity, row -> rows.without(entity, row).isPresent())
                    || (isBegun && isHalfDone(entity, person.pseudonym()))) {
                found.add(entity);
            }
        }
        return found;
    }

    private boolean isHalfDone(String entity, String pseudonym) throws IOException {
        byte[] json = store.read(paths.manifest()).orElse(null);
        if (json == null) {
            return false;
        }
        LakeFile told = Manifest.read(json).file(entity).orElse(null);
        boolean fits = told != null && told.sha256().equals(hash(entity)) && (!isLatest() || isLatest(json));
        return !fits && anyRow(entity, row -> row.toString().contains(pseudonym));
    }

    private boolean isLatest() throws IOException {
        return store.read(paths.latest())
                .flatMap(Manifest::slotOf)
                .filter(paths.slot()::equals)
                .isPresent();
    }

    private boolean isLatest(byte[] json) throws IOException {
        return store.read(paths.latest())
                .filter(latest -> Arrays.equals(latest, json))
                .isPresent();
    }

    private String hash(String entity) throws IOException {
        HashingOutput hash = new HashingOutput(OutputStream.nullOutputStream());
        try (InputStream in = store.open(paths.data(entity))) {
            in.transferTo(hash);
        } catch (FileNotFoundException | NoSuchFileException e) {
            return "";
        }
        return hash.hash();
    }

    /**
     * Rewrites files, then the manifest, and {@code _latest.json} where it is this slot's. A file that is not there any more is
     * passed over.
     *
     * @return how many files
     */
    long forget(ForgottenPerson person, Set<String> entities, Runnable beforeVisible) throws IOException {
        PersonalRows rows = new PersonalRows(person);
        List<LakeFile> files = new ArrayList<>();
        for (String entity : entities) {
            try {
                files.add(rewrite(entity, rows, beforeVisible));
            } catch (FileNotFoundException | NoSuchFileException e) {
                log.info("{} was removed meanwhile", paths.data(entity));
            }
        }
        mendManifest(files, beforeVisible);
        log.info("Rewrote {} files of the slot {}", files.size(), paths.slot());
        return files.size();
    }

    private LakeFile rewrite(String entity, PersonalRows rows, Runnable beforeVisible) throws IOException {
        String path = paths.data(entity);
        FileMetaData metadata = metadata(path, store.input(path));
        MessageType schema = metadata.getSchema();
        ParquetFile<Group> file = new ParquetFile<>(store, new CopiedRowSupport(schema, versionOf(metadata)), path);
        boolean isSealed = false;
        try {
            InOrder inOrder = new InOrder(entity, file);
            anyRow(entity, row -> {
                inOrder.add(rows.without(entity, row).orElse(row));
                return false;
            });
            inOrder.flush();
            LakeFile sealed = file.seal(entity, path, beforeVisible);
            isSealed = true;
            return sealed;
        } finally {
            if (!isSealed) {
                file.abandon();
            }
        }
    }

    /** What the writer itself adds to a file's metadata is left to the writer. */
    private static Map<String, String> versionOf(FileMetaData metadata) {
        String key = RowWriteSupport.SCHEMA_VERSION_KEY;
        String version = metadata.getKeyValueMetaData().get(key);
        return version == null ? Map.of() : Map.of(key, version);
    }

    private static FileMetaData metadata(String path, InputFile input) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(input)) {
            return reader.getFileMetaData();
        } catch (RuntimeException e) { // What Parquet throws for what is none.
            throw new BrokenFileException(path, e);
        }
    }

    private void mendManifest(List<LakeFile> files, Runnable beforeVisible) throws IOException {
        Optional<byte[]> json = store.read(paths.manifest());
        if (json.isEmpty()) {
            return;
        }
        Manifest manifest = Manifest.read(json.get());
        for (LakeFile file : files) {
            manifest = manifest.with(file);
        }
        SmallFile.write(store, paths.manifest(), manifest.json(), beforeVisible);
        if (isLatest()) {
            SmallFile.write(store, paths.latest(), manifest.json(), beforeVisible);
        }
    }

    private interface RowTest {
        boolean on(Group row) throws IOException;
    }

    /** Whether a row is one that is looked for; none after it is read. No row where there is no such file. */
    private boolean anyRow(String entity, RowTest test) throws IOException {
        String path = paths.data(entity);
        InputFile input;
        try {
            input = store.input(path);
        } catch (FileNotFoundException | NoSuchFileException e) {
            return false;
        }
        try (ParquetReader<Group> reader = new GroupReaderBuilder(input).build()) {
            for (Group row = next(path, reader); row != null; row = next(path, reader)) {
                if (test.on(row)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable Group next(String path, ParquetReader<Group> reader) throws IOException {
        try {
            return reader.read();
        } catch (RuntimeException e) { // What Parquet throws for what is none.
            throw new BrokenFileException(path, e);
        }
    }

    /** Without Hadoop's defaults, which are not here. */
    private static final class GroupReaderBuilder extends ParquetReader.Builder<Group> {

        GroupReaderBuilder(InputFile input) {
            super(input, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }

    /** Assignments of a device change their order with their keys. */
    private static final class InOrder {

        private final String entity;
        private final ParquetFile<Group> file;
        private final List<Group> ofDevice = new ArrayList<>();

        InOrder(String entity, ParquetFile<Group> file) {
            this.entity = entity;
            this.file = file;
        }

        void add(Group row) throws IOException {
            if (!ofDevice.isEmpty()
                    && !PersonalRows.require(ofDevice.getFirst(), "device_id")
                            .equals(PersonalRows.require(row, "device_id"))) {
                flush();
            }
            ofDevice.add(row);
        }

        void flush() throws IOException {
            if (entity.equals("assignments")) {
                ofDevice.sort(BY_KEY);
            }
            for (Group row : ofDevice) {
                file.write(row);
            }
            ofDevice.clear();
        }
    }
}
