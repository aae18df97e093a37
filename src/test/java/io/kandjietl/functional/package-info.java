/** Whole runs of the packaged program, as a process of its own, against a simulated tenant and a real PostgreSQL. */
@NullMarked
package io.kandjietl.functional;

import org.jspecify.annotations.NullMarked;
