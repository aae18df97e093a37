/** How a run ends badly: the exit codes, and the exception that carries one to the operator. Knows nothing else. */
@NullMarked
package io.kandjietl.failure;

import org.jspecify.annotations.NullMarked;
