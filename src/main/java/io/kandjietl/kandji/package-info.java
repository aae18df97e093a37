/** The Kandji (Iru) API, where a device's journey begins: a client, and readers that hand out what the tenant lists. */
@NullMarked
package io.kandjietl.kandji;

import org.jspecify.annotations.NullMarked;
