package org.lawu.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.random.Philox;

/**
 * Operations that call several kernels, in FLOAT32 against FLOAT64 (the reference kernels): values
 * and gradients at all sizes from 0 to 70 and around the sizes of vectors, blocks and threads'
 * shares, with inputs that are contiguous, and the same as strided and transposed views.
 */
class OperationSizesTest {

  private static final double TOLERANCE = 3e-5;

  record Subject(
      String name,
      int[] sizes,
      Function<Integer, int[][]> shapes,
      Function<List<Tensor>, Tensor> f) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** 0 to 70, and other sizes. */
  private static int[] upTo70And(int... others) {
    return IntStream.concat(IntStream.rangeClosed(0, 70), Arrays.stream(others)).toArray();
  }

  private static int[][] shapes(int[]... shapes) {
    return shapes;
  }

  private static int[] of(int... sizes) {
    return sizes;
  }

  private static int[] from(int least, int[] sizes) {
    return Arrays.stream(sizes).filter(size -> size >= least).toArray();
  }

  static Stream<Subject> subjects() {
    int[] columns = upTo70And(127, 128, 129, 1023, 1025, 4095, 4097, 8193);
    int[] widths = upTo70And(127, 128, 129, 255, 257);
    return Stream.of(
        new Subject(
            "softmax", from(1, columns), n -> shapes(of(1 + n % 5, n)), x -> x.get(0).softmax(-1)),
        new Subject(
            "softmax of columns", from(1, widths), n -> shapes(of(n, 3)), x -> x.get(0).softmax(0)),
        new Subject(
            "log-softmax",
            from(1, columns),
            n -> shapes(of(1 + n % 5, n)),
            x -> x.get(0).logSoftmax(-1)),
        new Subject(
            "layer norm",
            from(3, columns),
            n -> shapes(of(2 + n % 5, n), of(n), of(n)),
            x -> x.get(0).layerNorm(x.get(1), x.get(2), 1e-2)),
        new Subject(
            "layer norm of many rows",
            upTo70And(1023, 1025),
            n -> shapes(of(n, 19), of(19), of(19)),
            x -> x.get(0).layerNorm(x.get(1), x.get(2), 1e-2)),
        new Subject(
            "rms norm",
            from(3, columns),
            n -> shapes(of(2 + n % 5, n), of(n)),
            x -> x.get(0).rmsNorm(x.get(1), 1e-2)),
        new Subject(
            "batch norm",
            from(1, columns),
            n -> shapes(of(4, 3, n), of(3), of(3)),
            x -> x.get(0).batchNorm(x.get(1), x.get(2), 1e-2).output()),
        new Subject(
            "attention over times",
            // The scores of 362 queries and keys are the most that one block holds.
            from(1, upTo70And(127, 128, 129, 361, 362, 363)),
            n -> shapes(of(2, n, 8), of(2, n + n % 3, 8), of(2, n + n % 3, 5)),
            x -> DotProductAttention.scaled(0.3).causal().of(x.get(0), x.get(1), x.get(2))),
        new Subject(
            "attention over widths",
            from(1, widths),
            n -> shapes(of(2, 9, n), of(2, 7, n), of(2, 7, n)),
            x -> DotProductAttention.scaled(0.3).of(x.get(0), x.get(1), x.get(2))),
        new Subject(
            "sums of rows and columns",
            columns,
            n -> shapes(of(n, 6), of(6, n)),
            x -> x.get(0).sum(1).add(x.get(1).sum(0)).add(x.get(0).mean(1))),
        new Subject(
            "sum of all",
            from(1, upTo70And(32_767, 32_768, 32_769, 65_537, 100_000)),
            n -> shapes(of(n)),
            x -> x.get(0).sum().add(x.get(0).max())),
        new Subject(
            "maxima of rows and columns",
            from(1, columns),
            n -> shapes(of(n, 6), of(6, n)),
            x -> x.get(0).max(1).add(x.get(1).max(0)).sub(x.get(0).min(0).sum())),
        new Subject(
            "matrix product",
            widths,
            n -> shapes(of(n, 70 - n % 70), of(70 - n % 70, n)),
            x -> x.get(0).matmul(x.get(1))),
        new Subject(
            "batch of matrix products",
            upTo70And(300, 3000),
            n -> shapes(of(n, 5, 7), of(n, 7, 6)),
            x -> x.get(0).matmul(x.get(1))),
        new Subject(
            "linear",
            widths,
            n -> shapes(of(n % 19, n), of(1 + n % 13, n), of(1 + n % 13)),
            x -> x.get(0).linear(x.get(1), x.get(2))),
        new Subject(
            "elementwise, broadcast",
            upTo70And(127, 128, 129, 255, 257, 32_767, 32_769),
            n -> shapes(of(3, n), of(n), of(3, 1)),
            x -> x.get(0).mul(x.get(1)).add(x.get(2).exp()).tanh().sub(x.get(2).square())),
        new Subject(
            "activations",
            upTo70And(127, 129, 16_383, 16_385, 65_537),
            n -> shapes(of(n), of(n)),
            x -> x.get(0).gelu().mul(x.get(1).silu()).add(x.get(0).sigmoid()).sub(softplus(x))),
        overWidths("rnn", 1, OperationSizesTest::rnn),
        overWidths("lstm", 4, OperationSizesTest::lstm),
        overWidths("gru", 3, OperationSizesTest::gru),
        overBatches("rnn", 1, OperationSizesTest::rnn),
        overBatches("lstm", 4, OperationSizesTest::lstm),
        overBatches("gru", 3, OperationSizesTest::gru));
  }

  private static Tensor softplus(List<Tensor> x) {
    return x.get(1).softplus().add(x.get(1).leakyRelu(0.1)).add(x.get(0).relu());
  }

  private static Tensor rnn(List<Tensor> x) {
    return forward().rnn(false, x.get(0), weights(x), x.get(5)).sequence();
  }

  private static Tensor lstm(List<Tensor> x) {
    return forward().lstm(x.get(0), weights(x), x.get(5), x.get(6)).sequence();
  }

  private static Tensor gru(List<Tensor> x) {
    return forward().gru(x.get(0), weights(x), x.get(5)).sequence();
  }

  private static Recurrence forward() {
    return Recurrence.direction(false);
  }

  /** Small enough that errors do not grow from step to step. */
  private static Recurrence.Weights weights(List<Tensor> x) {
    Tensor ih = x.get(1).mul(1 / Math.sqrt(x.get(1).size(1)));
    Tensor hh = x.get(2).mul(1 / Math.sqrt(x.get(2).size(1)));
    return new Recurrence.Weights(ih, hh, x.get(3), x.get(4));
  }

  /** Nine steps: from eight on the weights are packed once. */
  private static Subject overWidths(String name, int gates, Function<List<Tensor>, Tensor> layer) {
    return new Subject(
        name + " over widths",
        from(1, upTo70And(128, 129)),
        n -> recurrent(gates, 9, 1 + n % 13, 1 + (70 - n % 70) % 19, n),
        layer);
  }

  /** The inputs of 1024 rows are weighted together: 94 rows of 11 steps are more. */
  private static Subject overBatches(String name, int gates, Function<List<Tensor>, Tensor> layer) {
    return new Subject(
        name + " over batches",
        upTo70And(92, 94, 128, 200),
        n -> recurrent(gates, n % 3 == 0 ? 3 : 11, n, 5, 9),
        layer);
  }

  private static int[][] recurrent(int gates, int steps, int batch, int in, int hidden) {
    return shapes(
        of(steps, batch, in),
        of(gates * hidden, in),
        of(gates * hidden, hidden),
        of(gates * hidden),
        of(gates * hidden),
        of(batch, hidden),
        of(batch, hidden));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void agreesWithDoublePrecisionAtAllSizes(Subject subject) {
    for (int size : subject.sizes) {
      var random = new Philox(size);
      List<Tensor> inputs = new ArrayList<>();
      for (int[] shape : subject.shapes.apply(size)) {
        inputs.add(Tensor.normal(random, 0, 1, shape));
      }
      List<Tensor> expected =
          valueAndGradients(subject, inputs.stream().map(x -> x.to(DType.FLOAT64)).toList());
      compare(subject, size, "contiguous", valueAndGradients(subject, inputs), expected);
      compare(
          subject,
          size,
          "strided",
          valueAndGradients(subject, inputs.stream().map(OperationSizesTest::strided).toList()),
          expected);
      compare(
          subject,
          size,
          "transposed",
          valueAndGradients(subject, inputs.stream().map(OperationSizesTest::transposed).toList()),
          expected);
    }
  }

  /** The same elements, one out of two in memory, after others. */
  private static Tensor strided(Tensor x) {
    Tensor twice = Tensor.stack(-1, x, x);
    Tensor view = Tensor.concat(0, twice, twice).slice(0, x.size(0), 2 * x.size(0));
    return view.select(-1, 1);
  }

  /** The same elements in the opposite order of axes. */
  private static Tensor transposed(Tensor x) {
    int rank = x.shape().rank();
    int[] reversed = IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray();
    Tensor turned = x.permute(reversed);
    return Tensor.of(turned.toFloatArray(), sizes(turned)).permute(reversed);
  }

  private static int[] sizes(Tensor x) {
    return IntStream.range(0, x.shape().rank()).map(x::size).toArray();
  }

  private static List<Tensor> valueAndGradients(Subject subject, List<Tensor> inputs) {
    List<Tensor> leaves = inputs.stream().map(Tensor::withGradient).toList();
    Tensor value = subject.f.apply(leaves);
    // Gradients that differ from element to element.
    Tensor weights = Tensor.normal(new Philox(1), 0, 1, sizes(value)).to(value.dtype());
    Gradients gradients = value.mul(weights).sum().backward();
    List<Tensor> results = new ArrayList<>();
    results.add(value);
    for (Tensor leaf : leaves) {
      if (gradients.has(leaf)) {
        results.add(gradients.of(leaf));
      }
    }
    return results;
  }

  private static void compare(
      Subject subject, int size, String layout, List<Tensor> actual, List<Tensor> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      double[] a = actual.get(i).toDoubleArray();
      double[] e = expected.get(i).toDoubleArray();
      double largest = Arrays.stream(e).map(Math::abs).max().orElse(0);
      double worst = 0;
      for (int j = 0; j < e.length; j++) {
        double error = Math.abs(a[j] - e[j]);
        worst = error <= worst ? worst : error; // a NaN stays
      }
      assertThat(worst)
          .as("%s of size %d, %s, %s", subject, size, layout, i == 0 ? "value" : "gradient " + i)
          .isLessThanOrEqualTo(TOLERANCE * Math.max(1, largest));
    }
  }
}
