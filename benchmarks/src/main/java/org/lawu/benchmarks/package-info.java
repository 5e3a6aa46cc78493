/** Measurements of the speed of Lawu. */
@NullMarked
package org.lawu.benchmarks;

import org.jspecify.annotations.NullMarked;
