/** Lawu's side of the comparison, through the public API. */
@NullMarked
package org.lawu.benchmarks.lawu;

import org.jspecify.annotations.NullMarked;
