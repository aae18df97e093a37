/** What travels: devices and assignments as the warehouse and the lake know them. Pure records, no framework. */
@NullMarked
package io.kandjietl.device;

import org.jspecify.annotations.NullMarked;
