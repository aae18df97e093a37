/** The command line: what operators type, what they read, and what the process ends with. */
@NullMarked
package io.kandjietl.command;

import org.jspecify.annotations.NullMarked;
