package io.kandjietl.job;

import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * A reader whose reading ends when the process is to stop: what it waits for is abandoned, and the chunk with it. What it reads
 * is counted. For the thread of its step alone.
 *
 * @param <T> what it reads
 */
final class ObservedReader<T> implements ItemStreamReader<T> {

    private final ItemStreamReader<T> reader;
    private final StopSignal stop;
    private final Progress progress;
    private final LongSupplier expected;
    private final ToLongFunction<T> rows;

    /**
     * Makes one.
     *
     * @param expected how many rows there are to be, once the reader is open; 0 where that is not known
     * @param rows how many an item is
     */
    ObservedReader(
            ItemStreamReader<T> reader,
            StopSignal stop,
            Progress progress,
            LongSupplier expected,
            ToLongFunction<T> rows) {
        this.reader = reader;
        this.stop = stop;
        this.progress = progress;
        this.expected = expected;
        this.rows = rows;
    }

    @Override
    public void open(ExecutionContext context) {
        stop.check();
        reader.open(context);
        progress.expect(expected.getAsLong());
    }

    @Override
    public @Nullable T read() {
        T item = stop.interruptibly(() -> {
            try {
                return reader.read();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("Unable to read", e);
            }
        });
        if (item != null) {
            progress.advance(rows.applyAsLong(item));
        }
        return item;
    }

    @Override
    public void update(ExecutionContext context) {
        reader.update(context);
    }

    @Override
    public void close() {
        reader.close();
    }
}
