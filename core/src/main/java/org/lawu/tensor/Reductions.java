package org.lawu.tensor;

import org.lawu.internal.operation.ArgMax;
import org.lawu.internal.operation.CumSum;
import org.lawu.internal.operation.Max;
import org.lawu.internal.operation.Min;
import org.lawu.internal.operation.Sum;

/** Reductions: the elements along some axes become one. Negative axes count from the end. */
public sealed interface Reductions extends TensorMethods permits Tensor {

  /** Sum over all axes, a scalar. */
  default Tensor sum() {
    return Engine.apply(new Sum(new int[0], false), this);
  }

  /** Sum over an axis, which goes away. */
  default Tensor sum(int axis) {
    return Engine.apply(new Sum(new int[] {axis}, false), this);
  }

  /** Sum over several axes (none: all), which stay with size 1 where {@code keepDims}. */
  default Tensor sum(int[] axes, boolean keepDims) {
    return Engine.apply(new Sum(axes.clone(), keepDims), this);
  }

  /** The largest element over all axes, a scalar. */
  default Tensor max() {
    return Engine.apply(new Max(new int[0], false), this);
  }

  /** The largest element over an axis, which goes away. */
  default Tensor max(int axis) {
    return Engine.apply(new Max(new int[] {axis}, false), this);
  }

  /**
   * The largest element over several axes (none: all), which stay with size 1 where {@code
   * keepDims}.
   */
  default Tensor max(int[] axes, boolean keepDims) {
    return Engine.apply(new Max(axes.clone(), keepDims), this);
  }

  /** The smallest element over all axes, a scalar. */
  default Tensor min() {
    return Engine.apply(new Min(new int[0], false), this);
  }

  /** The smallest element over an axis, which goes away. */
  default Tensor min(int axis) {
    return Engine.apply(new Min(new int[] {axis}, false), this);
  }

  /**
   * The smallest element over several axes (none: all), which stay with size 1 where {@code
   * keepDims}.
   */
  default Tensor min(int[] axes, boolean keepDims) {
    return Engine.apply(new Min(axes.clone(), keepDims), this);
  }

  /** The position of the first largest element along an axis, INT32, without a gradient. */
  default Tensor argMax(int axis) {
    return Engine.apply(new ArgMax(axis, false), this);
  }

  /**
   * The position of the first largest element along an axis, which stays with size 1 where {@code
   * keepDims}.
   */
  default Tensor argMax(int axis, boolean keepDims) {
    return Engine.apply(new ArgMax(axis, keepDims), this);
  }

  /** Arithmetic mean over all axes, a scalar. */
  default Tensor mean() {
    return mean(new int[0], false);
  }

  /** Arithmetic mean over an axis, which goes away. */
  default Tensor mean(int axis) {
    return mean(new int[] {axis}, false);
  }

  /**
   * Arithmetic mean over several axes (none: all), which stay with size 1 where {@code keepDims}.
   */
  default Tensor mean(int[] axes, boolean keepDims) {
    return Composed.mean((Tensor) this, axes, keepDims);
  }

  /** Mean squared distance from the mean (divided by n, not n - 1) over all axes, a scalar. */
  default Tensor variance() {
    return variance(new int[0], false);
  }

  /**
   * Mean squared distance from the mean (divided by n, not n - 1) over an axis, which goes away.
   */
  default Tensor variance(int axis) {
    return variance(new int[] {axis}, false);
  }

  /**
   * Mean squared distance from the mean (divided by n, not n - 1) over several axes (none: all),
   * which stay with size 1 where {@code keepDims}.
   */
  default Tensor variance(int[] axes, boolean keepDims) {
    return Composed.variance((Tensor) this, axes, keepDims);
  }

  /** {@code log(sum(e^x))}, without its overflow over all axes, a scalar. */
  default Tensor logSumExp() {
    return logSumExp(new int[0], false);
  }

  /** {@code log(sum(e^x))}, without its overflow over an axis, which goes away. */
  default Tensor logSumExp(int axis) {
    return logSumExp(new int[] {axis}, false);
  }

  /**
   * {@code log(sum(e^x))}, without its overflow over several axes (none: all), which stay with size
   * 1 where {@code keepDims}.
   */
  default Tensor logSumExp(int[] axes, boolean keepDims) {
    return Composed.logSumExp((Tensor) this, axes, keepDims);
  }

  /** Standard deviation (of n, not n - 1) over all axes, a scalar; its gradient at 0 is 0. */
  default Tensor standardDeviation() {
    return standardDeviation(new int[0], false);
  }

  /** Standard deviation (of n, not n - 1) over an axis, which goes away; its gradient at 0 is 0. */
  default Tensor standardDeviation(int axis) {
    return standardDeviation(new int[] {axis}, false);
  }

  /**
   * Standard deviation (of n, not n - 1) over several axes (none: all), which stay with size 1
   * where {@code keepDims}; its gradient at 0 is 0.
   */
  default Tensor standardDeviation(int[] axes, boolean keepDims) {
    return Composed.standardDeviation((Tensor) this, axes, keepDims);
  }

  /** Euclidean norm {@code sqrt(sum(x^2))} over all axes, a scalar; its gradient at 0 is 0. */
  default Tensor norm() {
    return norm(new int[0], false);
  }

  /** Euclidean norm over an axis, which goes away; its gradient at 0 is 0. */
  default Tensor norm(int axis) {
    return norm(new int[] {axis}, false);
  }

  /**
   * Euclidean norm over several axes (none: all), which stay with size 1 where {@code keepDims};
   * its gradient at 0 is 0.
   */
  default Tensor norm(int[] axes, boolean keepDims) {
    return Composed.norm((Tensor) this, axes, keepDims);
  }

  /** Product over all axes, a scalar; that of no elements is 1. */
  default Tensor prod() {
    return Composed.prod(((Tensor) this).reshape(-1), 0, false);
  }

  /** Product over an axis, which goes away; that of no elements is 1. */
  default Tensor prod(int axis) {
    return Composed.prod((Tensor) this, axis, false);
  }

  /** Product over an axis, which stays with size 1 where {@code keepDims}. */
  default Tensor prod(int axis, boolean keepDims) {
    return Composed.prod((Tensor) this, axis, keepDims);
  }

  /** Running sums along an axis: {@code y_i = x_0 + ... + x_i}. */
  default Tensor cumSum(int axis) {
    return Engine.apply(new CumSum(axis, false), this);
  }
}
