/** Losses: how far predictions are from targets, as a tensor to call {@code backward()} on. */
@NullMarked
package org.lawu.nn.loss;

import org.jspecify.annotations.NullMarked;
