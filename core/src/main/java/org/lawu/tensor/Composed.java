package org.lawu.tensor;

import java.util.Arrays;
import java.util.List;
import org.lawu.error.ArgumentException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.internal.operation.MatMul;

/** Tensor methods that are compositions of operations and have no rule of their own. */
final class Composed {
  private Composed() {}

  static Tensor mean(Tensor x, int[] axes, boolean keepDims) {
    int[] reduced = x.shape().axes("mean", axes);
    return x.sum(reduced, keepDims).div(count("mean", x, reduced));
  }

  private static int count(String operation, Tensor x, int[] axes) {
    int count = 1;
    for (int axis : axes) {
      count *= x.size(axis);
    }
    if (count == 0) {
      throw new ArgumentException(
          "%s: shape %s has no elements along the axes %s"
              .formatted(operation, x.shape(), Arrays.toString(axes)));
    }
    return count;
  }

  static Tensor variance(Tensor x, int[] axes, boolean keepDims) {
    int[] reduced = x.shape().axes("variance", axes);
    count("variance", x, reduced);
    return mean(x.sub(mean(x, reduced, true)).square(), reduced, keepDims);
  }

  /** Shifted by the maximum, which cancels out and so needs no gradient. */
  static Tensor logSumExp(Tensor x, int[] axes, boolean keepDims) {
    int[] reduced = x.shape().axes("logSumExp", axes);
    Tensor max = x.detach().max(reduced, true);
    // An infinite maximum would give inf - inf.
    Tensor zero = Tensor.scalar(0, max.dtype());
    Tensor shift = Tensor.where(max.abs().equal(Double.POSITIVE_INFINITY), zero, max);
    Tensor result = x.sub(shift).exp().sum(reduced, true).log().add(shift);
    return keepDims ? result : result.reshape(x.shape().reduce(reduced, false));
  }

  static Tensor flatten(Tensor x, int axis) {
    int from = x.shape().axis("flatten", axis);
    Shape kept = x.shape().slice(0, from);
    int merged = x.shape().slice(from, x.rank()).elements();
    return x.reshape(kept.concat(Shape.of(merged)));
  }

  static Tensor transpose(Tensor x, int axis0, int axis1) {
    int first = x.shape().axis("transpose", axis0);
    int second = x.shape().axis("transpose", axis1);
    int[] order = x.shape().axes("transpose");
    order[first] = second;
    order[second] = first;
    return x.permute(order);
  }

  static Tensor unsqueeze(Tensor x, int axis) {
    int rank = x.rank();
    if (axis < -rank - 1 || axis > rank) {
      throw new IndexException(
          "unsqueeze: position %d is out of range for shape %s (%d to %d)"
              .formatted(axis, x.shape(), -rank - 1, rank));
    }
    return x.reshape(x.shape().insert(axis < 0 ? axis + rank + 1 : axis, 1));
  }

  static Tensor squeeze(Tensor x, int axis) {
    int along = x.shape().axis("squeeze", axis);
    if (x.size(along) != 1) {
      throw new ShapeException(
          "squeeze: axis %d of %s has size %d, not 1".formatted(axis, x.shape(), x.size(along)));
    }
    return x.reshape(x.shape().reduce(new int[] {along}, false));
  }

  static Tensor select(Tensor x, int axis, int index) {
    int along = x.shape().axis("select", axis);
    int size = x.size(along);
    if (index < -size || index >= size) {
      throw new IndexException(
          "select: index %d is out of range for axis %d of %s".formatted(index, axis, x.shape()));
    }
    int at = index < 0 ? index + size : index;
    return squeeze(x.slice(along, at, at + 1), along);
  }

  static Tensor stack(int axis, List<Tensor> tensors) {
    Shape first = tensors.getFirst().shape();
    for (Tensor tensor : tensors) {
      if (!tensor.shape().equals(first)) {
        throw new ShapeException(
            "stack: shapes must be equal: %s and %s".formatted(first, tensor.shape()));
      }
    }
    return Tensor.concat(axis, tensors.stream().map(x -> unsqueeze(x, axis)).toList());
  }

  /**
   * A vector takes part as a matrix of one row (left) or one column (right), and a stack of
   * matrices times one matrix becomes a single tall product.
   */
  static Tensor matmul(Tensor a, Tensor b) {
    if (a.rank() == 0 || b.rank() == 0) {
      throw new ShapeException(
          "matmul: needs vectors or matrices, got %s x %s; use mul for scalars"
              .formatted(a.shape(), b.shape()));
    }
    int inner = b.rank() == 1 ? b.size(0) : b.size(-2);
    if (a.size(-1) != inner) {
      throw new ShapeException(
          "matmul: inner sizes differ: %s x %s (%d vs %d)"
              .formatted(a.shape(), b.shape(), a.size(-1), inner));
    }
    if (a.rank() == 1) {
      return matmul(a.unsqueeze(0), b).squeeze(b.rank() == 1 ? 0 : -2);
    }
    if (b.rank() == 1) {
      return matmul(a, b.unsqueeze(-1)).squeeze(-1);
    }
    if (a.rank() > 2 && b.rank() == 2 && a.shape().elements() > 0) {
      Shape result = a.shape().with(a.rank() - 1, b.size(1));
      return matmul(a.reshape(-1, a.size(-1)), b).reshape(result);
    }
    return Engine.apply(new MatMul(), a, b);
  }
}
