/** FLOAT32 kernels in SIMD code: the only package that touches {@code jdk.incubator.vector}. */
@NullMarked
package org.lawu.internal.kernel.vector;

import org.jspecify.annotations.NullMarked;
