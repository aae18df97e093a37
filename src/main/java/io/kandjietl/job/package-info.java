/** The batch job: its five steps on one screen, its parameters, its slots, its settings, and how a run is restarted. */
@NullMarked
package io.kandjietl.job;

import org.jspecify.annotations.NullMarked;
