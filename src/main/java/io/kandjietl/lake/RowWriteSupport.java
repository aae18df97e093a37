package io.kandjietl.lake;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes rows by their columns, without a second object model between the records and the file. */
final class RowWriteSupport<T> extends WriteSupport<T> {

    static final String SCHEMA_VERSION_KEY = "kandji-etl.schema-version";

    private final LakeTable<T> table;
    private final List<Column<T, ?>> columns;

    @Nullable
    private RecordConsumer consumer;

    RowWriteSupport(LakeTable<T> table) {
        this.table = table;
        this.columns = table.columns();
    }

    /** Nothing but the version goes with the schema: the same rows must give the same bytes. */
    @Override
    @SuppressWarnings("deprecation") // Abstract all the same.
    public WriteContext init(Configuration configuration) {
        return new WriteContext(table.schema(), Map.of(SCHEMA_VERSION_KEY, Integer.toString(LakeTable.SCHEMA_VERSION)));
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        this.consumer = recordConsumer;
    }

    @Override
    public void write(T row) {
        RecordConsumer to = consumer;
        if (to == null) {
            throw new IllegalStateException("Not prepared for writing");
        }
        to.startMessage();
        for (int index = 0; index < columns.size(); index++) {
            columns.get(index).write(row, index, to);
        }
        to.endMessage();
    }
}
