/** Tests of the API's client and readers. */
@NullMarked
package io.kandjietl.kandji;

import org.jspecify.annotations.NullMarked;
