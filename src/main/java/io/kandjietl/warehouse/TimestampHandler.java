package io.kandjietl.warehouse;

import de.bytefish.pgbulkinsert.pgsql.handlers.BaseValueHandler;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An instant as PostgreSQL's binary {@code timestamptz}: microseconds since the year 2000 in UTC. Source: the
 * PostgreSQL manual, "Date/Time Types" and the integer representation that every server since version 10 has.
 */
final class TimestampHandler extends BaseValueHandler<Instant> {

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    @Override
    protected void internalHandle(DataOutputStream buffer, Instant value) throws IOException {
        buffer.writeInt(Long.BYTES);
        buffer.writeLong(ChronoUnit.MICROS.between(EPOCH, value));
    }

    @Override
    public int getLength(Instant value) {
        return Long.BYTES;
    }
}
