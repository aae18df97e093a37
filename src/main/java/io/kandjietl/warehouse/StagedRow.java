package io.kandjietl.warehouse;

/**
 * Something on its way into a staging table.
 *
 * @param runId the run
 * @param position running number of the listing's row in that run
 * @param value what is staged
 */
record StagedRow<T>(long runId, long position, T value) {}
