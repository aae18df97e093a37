/** Tests of the rules by which rows become devices. */
@NullMarked
package io.kandjietl.normalize;

import org.jspecify.annotations.NullMarked;
