/**
 * The warehouse: devices and assignments are staged by COPY, then published by set-based SQL in one transaction, behind
 * the fence of the tenant's lease. The statements stand in {@code sql/statement/}.
 */
@NullMarked
package io.kandjietl.warehouse;

import org.jspecify.annotations.NullMarked;
