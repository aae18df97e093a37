/** What tests stand on: a real PostgreSQL, brought along as binaries. */
@NullMarked
package io.kandjietl.support;

import org.jspecify.annotations.NullMarked;
