/** What is known of devices and people, without a framework. */
@NullMarked
package io.kandjietl.device;

import org.jspecify.annotations.NullMarked;
