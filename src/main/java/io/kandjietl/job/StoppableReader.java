package io.kandjietl.job;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * A reader whose reading ends when the process is to stop: what it waits for is abandoned, and the chunk with it. For the
 * thread of its step alone.
 *
 * @param <T> what it reads
 */
final class StoppableReader<T> implements ItemStreamReader<T> {

    private final ItemStreamReader<T> reader;
    private final StopSignal stop;

    StoppableReader(ItemStreamReader<T> reader, StopSignal stop) {
        this.reader = reader;
        this.stop = stop;
    }

    @Override
    public void open(ExecutionContext context) {
        stop.check();
        reader.open(context);
    }

    @Override
    public @Nullable T read() {
        return stop.interruptibly(() -> {
            try {
                return reader.read();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("Unable to read", e);
            }
        });
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
