/** Tests of the warehouse, on a real PostgreSQL. */
@NullMarked
package io.kandjietl.warehouse;

import org.jspecify.annotations.NullMarked;
