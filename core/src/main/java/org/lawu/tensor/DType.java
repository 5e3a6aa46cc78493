package org.lawu.tensor;

/**
 * The type of a tensor's elements.
 *
 * <p>Types never mix by themselves: an operation on a FLOAT32 and an INT32 tensor is refused, and
 * {@link Tensor#to(DType)} converts. Plain Java numbers, as in {@code x.mul(2)}, take the tensor's
 * type.
 */
public enum DType {
  /** Single precision, the working type of networks. */
  FLOAT32,
  /** Double precision: gradient checks and scientific use; computed by plain reference loops. */
  FLOAT64,
  /** 32-bit integers: labels, indices, tokens. */
  INT32,
  /** Truth values: masks and the results of comparisons. */
  BOOL;

  /** Whether elements are real numbers, which gradients need. */
  public boolean isFloating() {
    return this == FLOAT32 || this == FLOAT64;
  }
}
