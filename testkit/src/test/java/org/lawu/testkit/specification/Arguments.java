package org.lawu.testkit.specification;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/** Inputs and wrappers that many specifications share. */
final class Arguments {
  private Arguments() {}

  private static final float[] SPECIAL = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    0,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    1e-20f,
    -1e-6f,
    0.5f,
    -1,
    5,
    -5,
    17,
    -17,
    50,
    -50,
    88.5f,
    -88.5f,
    104,
    -104,
    1e4f,
    -1e4f,
    1e18f,
    -1e18f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE
  };

  /** Where functions overflow, vanish or have no value, often enough to fill vector registers. */
  static Tensor special() {
    Tensor once = Tensor.of(SPECIAL);
    return Tensor.concat(0, once, once, once);
  }

  /** Every pair of special values. */
  static Tensor[] specialPairs() {
    int n = SPECIAL.length;
    Tensor once = Tensor.of(SPECIAL);
    return new Tensor[] {once.unsqueeze(1).expand(n, n).reshape(-1), once.expand(n, n).reshape(-1)};
  }

  static Function<List<Tensor>, Tensor> unary(UnaryOperator<Tensor> function) {
    return in -> function.apply(in.getFirst());
  }

  static Function<List<Tensor>, Tensor> binary(BinaryOperator<Tensor> function) {
    return in -> function.apply(in.get(0), in.get(1));
  }

  /** A reference for whole numbers: the same computed in FLOAT64. */
  static Function<List<Tensor>, Tensor> inDoubles(Function<List<Tensor>, Tensor> function) {
    return in -> function.apply(in.stream().map(x -> x.to(DType.FLOAT64)).toList());
  }

  static Tensor floats(int... sizes) {
    return Tensor.ones(sizes);
  }

  static Tensor ints(int... sizes) {
    return Tensor.zeros(sizes).to(DType.INT32);
  }

  static Tensor truths(int... sizes) {
    return Tensor.zeros(sizes).to(DType.BOOL);
  }

  static String list(int... values) {
    return Arrays.toString(values);
  }
}
