package io.kandjietl.lake;

import java.util.function.Function;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/**
 * A column of a file.
 *
 * @param name as the warehouse's column is called
 * @param type what its values are
 * @param required whether each row has a value
 * @param value takes the value from a row
 * @param <T> the rows
 * @param <V> the values
 */
record Column<T, V>(String name, ColumnType<V> type, boolean required, Function<T, @Nullable V> value) {

    static <T, V> Column<T, V> required(String name, ColumnType<V> type, Function<T, @Nullable V> value) {
        return new Column<>(name, type, true, value);
    }

    static <T, V> Column<T, V> optional(String name, ColumnType<V> type, Function<T, @Nullable V> value) {
        return new Column<>(name, type, false, value);
    }

    Type field() {
        return type.field(required ? Repetition.REQUIRED : Repetition.OPTIONAL, name);
    }

    /**
     * Writes this column of a row.
     *
     * @param index the column's place in the schema
     * @throws IllegalStateException when a value is missing that must be there
     */
    void write(T row, int index, RecordConsumer consumer) {
        V present = value.apply(row);
        if (present != null) {
            consumer.startField(name, index);
            type.write(present, consumer);
            consumer.endField(name, index);
        } else if (required) {
            throw new IllegalStateException("The column " + name + " must have a value, but it has none in " + row);
        }
    }
}
