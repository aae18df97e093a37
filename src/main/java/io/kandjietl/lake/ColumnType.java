package io.kandjietl.lake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * How values of one Java type stand in a Parquet file: Apache Parquet's "Logical Types", as DuckDB, Spark, Trino and
 * Arrow read them alike.
 *
 * @param <V> the Java type
 */
sealed interface ColumnType<V> {

    /** {@code BINARY (STRING)}: UTF-8. */
    ColumnType<String> TEXT = new Text();

    /** {@code BOOLEAN}. */
    ColumnType<Boolean> FLAG = new Flag();

    /** {@code INT64 (TIMESTAMP(MICROS, isAdjustedToUTC = true))}. */
    ColumnType<Instant> TIME = new Time();

    /** A three-level {@code LIST} of strings, none of them null. */
    ColumnType<List<String>> TEXTS = new Texts();

    /** A field of this type. */
    Type field(Repetition repetition, String name);

    /** Writes a value into the field that was started. */
    void write(V value, RecordConsumer consumer);

    /** Of strings. */
    record Text() implements ColumnType<String> {
        @Override
        public Type field(Repetition repetition, String name) {
            return Types.primitive(PrimitiveTypeName.BINARY, repetition)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(name);
        }

        @Override
        public void write(String value, RecordConsumer consumer) {
            // Not fromString, whose values each have a buffer around them.
            consumer.addBinary(Binary.fromConstantByteArray(value.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Of booleans. */
    record Flag() implements ColumnType<Boolean> {
        @Override
        public Type field(Repetition repetition, String name) {
            return Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
        }

        @Override
        public void write(Boolean value, RecordConsumer consumer) {
            consumer.addBoolean(value);
        }
    }

    /** Of instants; what is finer than a microsecond is cut off. */
    record Time() implements ColumnType<Instant> {
        @Override
        public Type field(Repetition repetition, String name) {
            return Types.primitive(PrimitiveTypeName.INT64, repetition)
                    .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                    .named(name);
        }

        @Override
        public void write(Instant value, RecordConsumer consumer) {
            long micros = Math.multiplyExact(value.getEpochSecond(), 1_000_000L) + value.getNano() / 1_000;
            consumer.addLong(micros);
        }
    }

    /** Of lists of strings. */
    record Texts() implements ColumnType<List<String>> {

        private static final String LIST = "list";
        private static final String ELEMENT = "element";

        @Override
        public Type field(Repetition repetition, String name) {
            return Types.list(repetition)
                    .requiredElement(PrimitiveTypeName.BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(name);
        }

        @Override
        public void write(List<String> values, RecordConsumer consumer) {
            consumer.startGroup();
            // An empty list is the group without its field: Parquet knows no field without a value.
            if (!values.isEmpty()) {
                consumer.startField(LIST, 0);
                values.forEach(value -> writeElement(value, consumer));
                consumer.endField(LIST, 0);
            }
            consumer.endGroup();
        }

        private static void writeElement(String value, RecordConsumer consumer) {
            consumer.startGroup();
            consumer.startField(ELEMENT, 0);
            TEXT.write(value, consumer);
            consumer.endField(ELEMENT, 0);
            consumer.endGroup();
        }
    }
}
