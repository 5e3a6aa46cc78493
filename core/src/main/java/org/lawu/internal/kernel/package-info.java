/**
 * The arithmetic of Lawu over plain arrays: one set of signatures, {@link
 * org.lawu.internal.kernel.Kernels}, with a scalar and a vector implementation for {@code float[]},
 * and {@link org.lawu.internal.kernel.ReferenceKernels}, the plain double-precision loops that
 * compute FLOAT64 tensors and judge the other two.
 */
@NullMarked
package org.lawu.internal.kernel;

import org.jspecify.annotations.NullMarked;
