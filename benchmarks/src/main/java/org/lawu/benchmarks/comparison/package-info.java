/** Runs libraries in turn and compares their times. */
@NullMarked
package org.lawu.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
