/** Tests of the command line. */
@NullMarked
package io.kandjietl.command;

import org.jspecify.annotations.NullMarked;
