/** The program itself: it reads the command line and hands over to {@code command}. */
@NullMarked
package io.kandjietl;

import org.jspecify.annotations.NullMarked;
