/**
 * From what the tenant sent to what we keep: a listed row becomes a device and its assignments, or a rejected record
 * with its reason. Pure: no I/O, no state.
 */
@NullMarked
package io.kandjietl.normalize;

import org.jspecify.annotations.NullMarked;
