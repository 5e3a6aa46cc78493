/**
 * Tensors and automatic differentiation: {@link org.lawu.tensor.Tensor} is the value that networks
 * compute with, {@link org.lawu.tensor.Parameter} the value that training changes, and {@link
 * org.lawu.tensor.Gradients} what {@code loss.backward()} returns.
 */
@NullMarked
package org.lawu.tensor;

import org.jspecify.annotations.NullMarked;
