/** Speed of the kernels, scalar against vector. */
@NullMarked
package org.lawu.benchmarks.kernel;

import org.jspecify.annotations.NullMarked;
