package org.lawu.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lawu.error.ArgumentException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.internal.operation.Check;
import org.lawu.internal.operation.MatMul;
import org.lawu.internal.operation.Pad;
import org.lawu.internal.operation.ScatterAdd;

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

  /** The root of a sum of squares, with gradient 0 instead of infinity times 0 where it is 0. */
  private static Tensor rootOfSquares(Tensor squares) {
    Tensor none = squares.equal(0);
    Tensor root = Tensor.where(none, Tensor.like(squares, 1), squares).sqrt();
    return Tensor.where(none, Tensor.like(squares, 0), root);
  }

  static Tensor standardDeviation(Tensor x, int[] axes, boolean keepDims) {
    Check.floating("standardDeviation", x.array);
    int[] reduced = x.shape().axes("standardDeviation", axes);
    count("standardDeviation", x, reduced);
    return rootOfSquares(variance(x, reduced, keepDims));
  }

  static Tensor norm(Tensor x, int[] axes, boolean keepDims) {
    Check.floating("norm", x.array);
    int[] reduced = x.shape().axes("norm", axes);
    return rootOfSquares(x.square().sum(reduced, keepDims));
  }

  /** Multiplies the halves until one is left, so that no gradient divides by an element. */
  static Tensor prod(Tensor x, int axis, boolean keepDims) {
    Check.floating("prod", x.array);
    int along = x.shape().axis("prod", axis);
    if (x.size(along) == 0) {
      return x.sum(new int[] {along}, keepDims).add(1);
    }
    Tensor product = x;
    for (int size = x.size(along); size > 1; size = product.size(along)) {
      int half = size / 2;
      Tensor lower = product.slice(along, 0, half);
      Tensor pairs = lower.mul(product.slice(along, half, 2 * half));
      product =
          size % 2 == 0 ? pairs : Tensor.concat(along, pairs, product.slice(along, size - 1, size));
    }
    return keepDims ? product : product.squeeze(along);
  }

  static Tensor pad(Tensor x, int[] before, int[] after, double value) {
    return Engine.apply(new Pad(before, after), x, Tensor.like(x, value));
  }

  static List<Tensor> split(Tensor x, int axis, int... sizes) {
    int along = x.shape().axis("split", axis);
    long total = 0;
    boolean negative = false;
    for (int size : sizes) {
      negative |= size < 0;
      total += size;
    }
    if (negative || total != x.size(along)) {
      throw new ShapeException(
          "split: the sizes %s must not be negative and add up to %d, the size of axis %d of %s"
              .formatted(Arrays.toString(sizes), x.size(along), axis, x.shape()));
    }
    List<Tensor> parts = new ArrayList<>();
    int at = 0;
    for (int size : sizes) {
      parts.add(x.slice(along, at, at + size));
      at += size;
    }
    return List.copyOf(parts);
  }

  static List<Tensor> chunk(Tensor x, int axis, int count) {
    int along = x.shape().axis("chunk", axis);
    if (count < 1) {
      throw new ArgumentException("chunk: the count must be at least 1, got " + count);
    }
    int size = x.size(along);
    int part = Math.max(1, Math.ceilDiv(size, count));
    List<Tensor> parts = new ArrayList<>();
    for (int at = 0; at < size; at += part) {
      parts.add(x.slice(along, at, Math.min(size, at + part)));
    }
    return parts.isEmpty() ? List.of(x) : List.copyOf(parts);
  }

  static Tensor tril(Tensor x, int diagonal) {
    Tensor inside = columnMinusRow("tril", x).lessEqual(diagonal);
    return Tensor.where(inside, x, Tensor.like(x, 0));
  }

  static Tensor triu(Tensor x, int diagonal) {
    Tensor inside = columnMinusRow("triu", x).greaterEqual(diagonal);
    return Tensor.where(inside, x, Tensor.like(x, 0));
  }

  private static Tensor columnMinusRow(String operation, Tensor x) {
    if (x.rank() < 2) {
      throw new ShapeException(
          "%s: needs a matrix or a stack of matrices, got %s".formatted(operation, x.shape()));
    }
    return Tensor.arange(x.size(-1)).sub(Tensor.arange(x.size(-2)).unsqueeze(1));
  }

  static Tensor maskedFill(Tensor x, Tensor mask, double value) {
    Check.type("maskedFill", "the mask", mask.array, DType.BOOL);
    if (!mask.shape().broadcastsTo(x.shape())) {
      throw new ShapeException(
          "maskedFill: the mask %s does not broadcast to %s".formatted(mask.shape(), x.shape()));
    }
    return Tensor.where(mask, Tensor.like(x, value), x);
  }

  static Tensor scatterAdd(Tensor x, int axis, Tensor index, Tensor source) {
    boolean fits = source.rank() == index.rank();
    for (int i = 0; fits && i < source.rank(); i++) {
      fits = index.size(i) <= source.size(i);
    }
    if (!fits) {
      throw new ShapeException(
          "scatterAdd: the index %s must have as many axes as the source %s and at most its sizes"
              .formatted(index.shape(), source.shape()));
    }
    Tensor used = source;
    for (int i = 0; i < index.rank(); i++) {
      if (index.size(i) < source.size(i)) {
        used = used.slice(i, 0, index.size(i));
      }
    }
    return Engine.apply(new ScatterAdd(axis), x, index, used);
  }

  static Tensor sort(Tensor x, int axis, boolean descending) {
    int along = x.shape().axis("sort", axis);
    return x.gather(along, x.argSort(along, descending));
  }

  static TopK topK(Tensor x, int k, int axis) {
    int along = x.shape().axis("topK", axis);
    if (k < 0 || k > x.size(along)) {
      throw new ArgumentException(
          "topK: k must be 0 to %d, the size of axis %d of %s, got %d"
              .formatted(x.size(along), axis, x.shape(), k));
    }
    Tensor indices = x.argSort(along, true).slice(along, 0, k);
    return new TopK(x.gather(along, indices), indices);
  }
}
