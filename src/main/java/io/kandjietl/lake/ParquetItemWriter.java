package io.kandjietl.lake;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Writes one entity of one slot into one Parquet file, in the order in which rows come. Rows go to the store as row
 * groups fill up; the file appears by {@link #seal()}, and nothing else that is durable happens: {@link #close()} only
 * removes what was not sealed.
 *
 * <p>The file's folder is touched by the first row, or by sealing. There is no going on after a restart: the run writes
 * the file anew, under the same name. Not for several threads.
 *
 * @param <T> the rows; never null
 */
public final class ParquetItemWriter<T> implements ItemWriter<T>, AutoCloseable {

    private enum State {
        OPEN,
        SEALED,
        CLOSED
    }

    private final LakeStore store;
    private final String root;
    private final LakeTable<T> table;
    private final String path;
    private final Runnable beforeVisible;

    private State state = State.OPEN;

    @Nullable
    private ParquetFile<T> file;

    @Nullable
    private LakeFile sealed;

    ParquetItemWriter(LakeStore store, String root, LakeTable<T> table, String path, Runnable beforeVisible) {
        this.store = store;
        this.root = root;
        this.table = table;
        this.path = path;
        this.beforeVisible = beforeVisible;
    }

    /**
     * Writes rows.
     *
     * @throws LakeUnwritableException when the store does not take them; the writer is closed then
     */
    @Override
    public void write(Chunk<? extends T> chunk) {
        chunk.forEach(this::append);
    }

    /**
     * Writes a row.
     *
     * @throws LakeUnwritableException when the store does not take it; whatever goes wrong, the writer is closed then
     * @throws IllegalStateException after {@link #seal()} or {@link #close()}
     */
    public void append(T row) {
        boolean written = false;
        try {
            file().write(row);
            written = true;
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            // A file that misses a row must not be sealed.
            if (!written) {
                close();
            }
        }
    }

    /**
     * Ends the file and shows it under its name, in place of what a killed run left there. Without a row it is a valid
     * file with the schema.
     *
     * @return the file, as the manifest tells it
     * @throws LakeUnwritableException when the store does not take it; what was visible before still is, as far as the
     *     store can promise it
     * @throws IllegalStateException after {@link #seal()} or {@link #close()}
     */
    public LakeFile seal() {
        try {
            LakeFile result = file().seal(table.entity(), path, beforeVisible);
            state = State.SEALED;
            sealed = result;
            file = null;
            return result;
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            close();
        }
    }

    /** Gives up what was not sealed, and removes it as well as it can. Never throws. */
    @Override
    public void close() {
        if (state != State.OPEN) {
            return;
        }
        state = State.CLOSED;
        if (file != null) {
            file.abandon();
            file = null;
        }
    }

    /** The file, once it is sealed. */
    @Nullable
    LakeFile sealed() {
        return sealed;
    }

    private ParquetFile<T> file() throws IOException {
        if (state != State.OPEN) {
            throw new IllegalStateException(
                    "The writer of " + path + " is " + (state == State.SEALED ? "sealed" : "closed"));
        }
        ParquetFile<T> current = file;
        if (current == null) {
            current = new ParquetFile<>(store, new RowWriteSupport<>(table), path);
            file = current;
        }
        return current;
    }

    private LakeUnwritableException unwritable(IOException cause) {
        return LakeUnwritableException.publishing(root, path, cause);
    }
}
