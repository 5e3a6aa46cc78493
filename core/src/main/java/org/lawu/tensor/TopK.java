package org.lawu.tensor;

/**
 * The largest elements along an axis, the largest first.
 *
 * @param values the elements
 * @param indices their INT32 positions along the axis, in the same shape
 */
public record TopK(Tensor values, Tensor indices) {}
