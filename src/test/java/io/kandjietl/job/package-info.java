/** Tests of the job. */
@NullMarked
package io.kandjietl.job;

import org.jspecify.annotations.NullMarked;
