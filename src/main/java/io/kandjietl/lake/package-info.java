/**
 * The last stretch of a device's way: from the rows that one slot published to Parquet files, and to the manifest that
 * says which files belong together. {@link io.kandjietl.lake.Lake} is the door.
 *
 * <p>A file appears whole or not at all, and nothing durable happens in a {@code close()}.
 */
@NullMarked
package io.kandjietl.lake;

import org.jspecify.annotations.NullMarked;
