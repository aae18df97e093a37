/** Tests of the program as a whole. */
@NullMarked
package io.kandjietl;

import org.jspecify.annotations.NullMarked;
