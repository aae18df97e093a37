/** Tests of the lake: what Parquet's own library writes is read back by DuckDB. */
@NullMarked
package io.kandjietl.lake;

import org.jspecify.annotations.NullMarked;
