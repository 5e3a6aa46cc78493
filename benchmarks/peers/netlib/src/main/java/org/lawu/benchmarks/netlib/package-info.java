/** The side of netlib's VectorBLAS in the comparison. */
@NullMarked
package org.lawu.benchmarks.netlib;

import org.jspecify.annotations.NullMarked;
