/** What people ask the tables and files, and the page that shows it. */
@NullMarked
package io.kandjietl.questions;

import org.jspecify.annotations.NullMarked;
