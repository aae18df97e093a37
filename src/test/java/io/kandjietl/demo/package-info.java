/**
 * The program with everything brought along: an embedded PostgreSQL, and a simulated tenant where no real one is
 * configured. What {@code mvn spring-boot:test-run} runs.
 */
@NullMarked
package io.kandjietl.demo;

import org.jspecify.annotations.NullMarked;
