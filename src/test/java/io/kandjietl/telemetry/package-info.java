@NullMarked
package io.kandjietl.telemetry;

import org.jspecify.annotations.NullMarked;
