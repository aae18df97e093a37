/** What the image's build needs of the tests. */
@NullMarked
package io.kandjietl.image;

import org.jspecify.annotations.NullMarked;
