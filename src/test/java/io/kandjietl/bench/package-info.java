/** Figures that documents state, and the programs that show them again. */
@NullMarked
package io.kandjietl.bench;

import org.jspecify.annotations.NullMarked;
