package org.lawu.tensor;

/**
 * What batch normalization gives.
 *
 * @param output of the input's shape
 * @param mean that of each channel, untracked
 * @param variance that of each channel (the mean square of the differences), untracked
 */
public record Normalized(Tensor output, Tensor mean, Tensor variance) {}
