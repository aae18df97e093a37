package io.kandjietl.lake;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.GroupWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Writes rows as they were read from a file, with that file's schema and version. */
final class CopiedRowSupport extends WriteSupport<Group> {

    private final MessageType schema;
    private final Map<String, String> metadata;

    @Nullable
    private GroupWriter writer;

    CopiedRowSupport(MessageType schema, Map<String, String> metadata) {
        this.schema = schema;
        this.metadata = metadata;
    }

    @Override
    @SuppressWarnings("deprecation") // Abstract all the same.
    public WriteContext init(Configuration configuration) {
        return new WriteContext(schema, metadata);
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        this.writer = new GroupWriter(recordConsumer, schema);
    }

    @Override
    public void write(Group row) {
        GroupWriter to = writer;
        if (to == null) {
            throw new IllegalStateException("Not prepared for writing");
        }
        to.write(row);
    }
}
