/**
 * What a run tells of itself to those who watch over it: metrics once at its end, to a Pushgateway or a collector, and a trace. Knows
 * neither the job nor what its figures mean; nothing here ever fails a run, or holds it up beyond a bound.
 */
@NullMarked
package io.kandjietl.telemetry;

import org.jspecify.annotations.NullMarked;
