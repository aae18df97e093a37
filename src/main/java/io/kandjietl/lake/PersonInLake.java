package io.kandjietl.lake;

import io.kandjietl.device.ForgottenPerson;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** The person with what the snapshot's assignments tell. */
    ForgottenPerson learn(ForgottenPerson person) throws IOException {
        ForgottenPerson[] known = {person};
        forEachRow("assignments", row -> {
            String deviceId = PersonalRows.require(row, "device_id");
            String userId = PersonalRows.text(row, "user_id");
            String email = PersonalRows.text(row, "user_email");
            if (known[0].isUser(userId, email)) {
                known[0] = known[0].with(deviceId, userId, email, PersonalRows.text(row, "user_name"));
            }
        });
        return known[0];
    }

    /** In how many of the two files the person is. */
    long countFiles(ForgottenPerson person) throws IOException {
        long files = 0;
        for (String entity : StoredSnapshots.ENTITIES) {
            files += isIn(entity, new PersonalRows(person)) ? 1 : 0;
        }
        return files;
    }

    private boolean isIn(String entity, PersonalRows rows) throws IOException {
        boolean[] found = new boolean[1];
        forEachRow(entity, row -> found[0] |= rows.without(entity, row).isPresent());
        return found[0];
    }

    /**
     * Rewrites the files that the person is in, then the manifest, and {@code _latest.json} where it is this slot's.
     *
     * @return how many files
     */
    long forget(ForgottenPerson person, Runnable beforeVisible) throws IOException {
        PersonalRows rows = new PersonalRows(person);
        long files = 0;
        for (String entity : StoredSnapshots.ENTITIES) {
            if (isIn(entity, rows)) {
                rewrite(entity, rows, beforeVisible);
                files++;
            }
        }
        mendManifest(person, beforeVisible);
        if (files > 0) {
            log.info("Rewrote {} files of the slot {}", files, paths.slot());
        }
        return files;
    }

    private void rewrite(String entity, PersonalRows rows, Runnable beforeVisible) throws IOException {
        String path = paths.data(entity);
        FileMetaData metadata = metadata(store.input(path));
        MessageType schema = metadata.getSchema();
        ParquetFile<Group> file = new ParquetFile<>(store, new CopiedRowSupport(schema, versionOf(metadata)), path);
        boolean isSealed = false;
        try {
            InOrder inOrder = new InOrder(entity, file);
            forEachRow(entity, row -> inOrder.add(rows.without(entity, row).orElse(row)));
            inOrder.flush();
            file.seal(entity, path, beforeVisible);
            isSealed = true;
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

    private static FileMetaData metadata(InputFile input) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(input)) {
            return reader.getFileMetaData();
        }
    }

    /**
     * Also where no file was rewritten now: a process may have died between a file and its manifest. Only a file that the
     * pseudonym is in can be such a one.
     */
    private void mendManifest(ForgottenPerson person, Runnable beforeVisible) throws IOException {
        Optional<byte[]> json = store.read(paths.manifest());
        if (json.isEmpty()) {
            return;
        }
        Manifest before = Manifest.read(json.get());
        Manifest after = before;
        for (String entity : StoredSnapshots.ENTITIES) {
            if (bears(entity, person.pseudonym())) {
                after = after.with(asItIs(entity, before));
            }
        }
        if (!after.equals(before)) {
            SmallFile.write(store, paths.manifest(), after.json(), beforeVisible);
        }
        byte[] latest = store.read(paths.latest()).orElse(new byte[0]);
        boolean isLatest = Manifest.slotOf(latest).filter(paths.slot()::equals).isPresent();
        if (isLatest && !Arrays.equals(latest, after.json())) {
            SmallFile.write(store, paths.latest(), after.json(), beforeVisible);
        }
    }

    private boolean bears(String entity, String pseudonym) throws IOException {
        boolean[] found = new boolean[1];
        forEachRow(entity, row -> found[0] |= row.toString().contains(pseudonym));
        return found[0];
    }

    private LakeFile asItIs(String entity, Manifest manifest) throws IOException {
        String path = paths.data(entity);
        HashingOutput hash = new HashingOutput(OutputStream.nullOutputStream());
        try (InputStream in = store.open(path)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hash.write(buffer, 0, read);
            }
        }
        long rows = manifest.file(entity).map(LakeFile::rows).orElse(0L);
        return new LakeFile(entity, path, rows, hash.getPos(), hash.hash());
    }

    private interface RowWork {
        void on(Group row) throws IOException;
    }

    /** No row where there is no such file. */
    private void forEachRow(String entity, RowWork work) throws IOException {
        InputFile input;
        try {
            input = store.input(paths.data(entity));
        } catch (FileNotFoundException | NoSuchFileException e) {
            return;
        }
        try (ParquetReader<Group> reader = new GroupReaderBuilder(input).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                work.on(row);
            }
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
