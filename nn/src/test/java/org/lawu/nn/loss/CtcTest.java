package org.lawu.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.GradientCheck;

class CtcTest {
  private static final int CLASSES = 3;

  private static final Ctc NONE = new Ctc().reduction(Reduction.NONE);

  /** Log-probabilities {@code [time, batch, classes]} in FLOAT64. */
  private static Tensor answers(long seed, int times, int batch) {
    return LossChecks.normal(seed, times, batch, CLASSES).logSoftmax(-1);
  }

  private static Tensor lengths(int... lengths) {
    return Tensor.of(lengths);
  }

  // ---- against all alignments

  /** The sum of the probabilities of all answers that say the target, by trying every one. */
  private static double bruteForce(Tensor answers, int n, int times, List<Integer> target) {
    double sum = 0;
    for (int code = 0; code < Math.pow(CLASSES, times); code++) {
      List<Integer> said = new ArrayList<>();
      double logProbability = 0;
      int before = 0;
      for (int t = 0, rest = code; t < times; t++, rest /= CLASSES) {
        int label = rest % CLASSES;
        logProbability += answers.get(t, n, label);
        if (label != 0 && label != before) {
          said.add(label);
        }
        before = label;
      }
      sum += said.equals(target) ? Math.exp(logProbability) : 0;
    }
    return -Math.log(sum);
  }

  @Test
  void sumsOverAllAlignments() {
    List<List<Integer>> targets =
        List.of(
            List.of(),
            List.of(1),
            List.of(2, 1),
            List.of(1, 1),
            List.of(1, 2, 1),
            List.of(2, 2, 1));
    for (int times = 1; times <= 6; times++) {
      for (List<Integer> target : targets) {
        Tensor x = answers(times, times, 1);
        int[] labels = target.stream().mapToInt(label -> label).toArray();
        double loss =
            NONE.of(x, Tensor.of(labels, 1, labels.length), lengths(times), lengths(labels.length))
                .item();
        double expected = bruteForce(x, 0, times, target);
        if (Double.isInfinite(expected)) {
          assertThat(loss).isEqualTo(expected);
        } else {
          assertThat(loss).isCloseTo(expected, within(1e-12));
        }
      }
    }
  }

  @Test
  void batchesSequencesOfDifferentLengths() {
    Tensor x = answers(3, 6, 3);
    Tensor losses =
        NONE.of(
            x,
            Tensor.of(new int[] {1, 2, 1, 1, 9, 9, 2, 2, 9}, 3, 3),
            lengths(6, 2, 5),
            lengths(3, 1, 2));
    assertThat(losses.get(0)).isCloseTo(bruteForce(x, 0, 6, List.of(1, 2, 1)), within(1e-12));
    assertThat(losses.get(1)).isCloseTo(bruteForce(x, 1, 2, List.of(1)), within(1e-12));
    assertThat(losses.get(2)).isCloseTo(bruteForce(x, 2, 5, List.of(2, 2)), within(1e-12));
  }

  @Test
  void takesTargetsOneAfterAnother() {
    Tensor x = answers(3, 6, 3);
    Tensor together = NONE.of(x, Tensor.of(1, 2, 1, 1, 2, 2), lengths(6, 2, 5), lengths(3, 1, 2));
    Tensor apart =
        NONE.of(
            x,
            Tensor.of(new int[] {1, 2, 1, 1, 0, 0, 2, 2, 0}, 3, 3),
            lengths(6, 2, 5),
            lengths(3, 1, 2));
    assertThat(together).isEqualTo(apart);
  }

  @Test
  void anyClassCanBeTheBlank() {
    Tensor x = answers(5, 4, 1);
    // Classes 0, 1, 2 become 2, 0, 1.
    Tensor turned = x.indexSelect(2, Tensor.of(1, 2, 0));
    Tensor expected = NONE.of(x, Tensor.of(new int[] {1, 2}, 1, 2), lengths(4), lengths(2));
    Tensor loss =
        NONE.blank(2).of(turned, Tensor.of(new int[] {0, 1}, 1, 2), lengths(4), lengths(2));
    assertThat(loss).isEqualTo(expected);
  }

  @Test
  void countsAnswersThatAreAllEquallyLikely() {
    // Of two different labels in t steps, t + 2 choose 4 answers say both.
    Tensor x = Tensor.zeros(4, 1, CLASSES).logSoftmax(-1);
    double loss = NONE.of(x, Tensor.of(1, 2), lengths(4), lengths(2)).item();
    assertThat(loss).isCloseTo(-Math.log(15 / 81.0), within(1e-6));
  }

  // ---- reductions

  @Test
  void theMeanIsByTargetLengths() {
    Tensor x = answers(3, 6, 3);
    Tensor targets = Tensor.of(1, 2, 1, 2, 2);
    Tensor losses = NONE.of(x, targets, lengths(6, 2, 5), lengths(3, 0, 2));
    double mean = new Ctc().of(x, targets, lengths(6, 2, 5), lengths(3, 0, 2)).item();
    assertThat(mean)
        .isCloseTo((losses.get(0) / 3 + losses.get(1) + losses.get(2) / 2) / 3, within(1e-12));
    double sum =
        new Ctc()
            .reduction(Reduction.SUM)
            .of(x, targets, lengths(6, 2, 5), lengths(3, 0, 2))
            .item();
    assertThat(sum).isCloseTo(losses.sum().item(), within(1e-12));
  }

  // ---- gradients

  private static Function<List<Tensor>, Tensor> ofFour(Ctc loss) {
    return inputs ->
        loss.of(
            inputs.getFirst(),
            Tensor.of(1, 2, 1, 2, 2, 1),
            lengths(5, 2, 0, 4),
            lengths(3, 1, 0, 2));
  }

  @Test
  void gradientsAreThoseOfDifferences() {
    for (Reduction reduction : Reduction.values()) {
      GradientCheck.of(ofFour(new Ctc().reduction(reduction)), answers(7, 5, 4)).check();
    }
  }

  @Test
  void secondDerivativesAreThoseOfDifferences() {
    GradientCheck.of(ofFour(new Ctc()), answers(8, 5, 4)).checkSecondOrder();
    GradientCheck.of(
            inputs ->
                ofFour(new Ctc().withZeroInfinity())
                    .apply(inputs.stream().map(x -> x.logSoftmax(-1)).toList()),
            answers(8, 5, 4))
        .checkSecondOrder();
  }

  @Test
  void theGradientOfLogitsIsTheirProbabilityLessTheOccupancy() {
    Tensor logits = LossChecks.normal(1, 5, 2, CLASSES).withGradient();
    Tensor loss =
        new Ctc()
            .reduction(Reduction.SUM)
            .of(logits.logSoftmax(-1), Tensor.of(1, 2, 1), lengths(5, 4), lengths(2, 1));
    Tensor gradient = loss.backward().of(logits);
    // Both are distributions over the classes while a sequence lasts, and nothing after its end.
    assertThat(gradient.sum(-1).abs().max().item()).isLessThan(1e-12);
    assertThat(gradient.select(0, 4).select(0, 1).abs().max().item()).isZero();
  }

  @Test
  void float32IsFloat64Rounded() {
    Tensor wide = answers(4, 40, 3);
    Tensor targets = Tensor.of(1, 2, 2, 1, 1, 2);
    Tensor narrow = wide.to(DType.FLOAT32);
    Tensor loss = NONE.of(narrow, targets, lengths(40, 30, 7), lengths(3, 2, 1));
    assertThat(loss.dtype()).isEqualTo(DType.FLOAT32);
    Tensor expected = NONE.of(wide, targets, lengths(40, 30, 7), lengths(3, 2, 1));
    assertThat(loss.to(DType.FLOAT64).allClose(expected, 1e-5, 1e-5)).isTrue();
    Tensor leaf = narrow.withGradient();
    Tensor wideLeaf = wide.withGradient();
    Tensor gradient = gradientOf(leaf, targets);
    assertThat(gradient.to(DType.FLOAT64).allClose(gradientOf(wideLeaf, targets), 1e-4, 1e-6))
        .isTrue();
  }

  private static Tensor gradientOf(Tensor leaf, Tensor targets) {
    return new Ctc().of(leaf, targets, lengths(40, 30, 7), lengths(3, 2, 1)).backward().of(leaf);
  }

  // ---- what cannot be aligned

  @Test
  void whatDoesNotFitIsInfinitelyUnlikely() {
    Tensor x = answers(2, 2, 2).withGradient();
    // "11" needs a blank between, hence three steps.
    Tensor targets = Tensor.of(1, 1, 2);
    Tensor losses = NONE.of(x, targets, lengths(2, 2), lengths(2, 1));
    assertThat(losses.get(0)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(losses.get(1)).isFinite();
    Tensor gradient = losses.sum().backward().of(x);
    assertThat(gradient.get(0, 0, 1)).isNaN();
    assertThat(gradient.get(0, 1, 1)).isFinite();
  }

  @Test
  void whatDoesNotFitCanCountForNothing() {
    Tensor x = answers(2, 2, 2).withGradient();
    Tensor targets = Tensor.of(1, 1, 2);
    Ctc loss = NONE.withZeroInfinity();
    Tensor losses = loss.of(x, targets, lengths(2, 2), lengths(2, 1));
    assertThat(losses.get(0)).isZero();
    Tensor gradient = losses.sum().backward().of(x);
    assertThat(gradient.select(1, 0).abs().max().item()).isZero();
    assertThat(gradient.select(1, 1).abs().max().item()).isPositive();
    Tensor again = Autograd.grad(losses.sum(), x, true);
    assertThat(again.allClose(gradient, 1e-12, 1e-12)).isTrue();
  }

  @Test
  void impossibleAnswersAreNoFault() {
    // Class 1 has probability 0 everywhere, class 2 all of it.
    Tensor x =
        Tensor.of(
                new double[] {0, Double.NEGATIVE_INFINITY, 0, 0, Double.NEGATIVE_INFINITY, 0},
                2,
                1,
                CLASSES)
            .withGradient();
    Tensor loss = NONE.of(x, Tensor.of(2), lengths(2), lengths(1)).sum();
    assertThat(loss.item()).isCloseTo(-Math.log(3), within(1e-12));
    assertThat(Double.isFinite(loss.backward().of(x).abs().max().item())).isTrue();
  }

  @Test
  void noTimeSaysNothing() {
    Tensor x = Tensor.zeros(Shape.of(0, 2, CLASSES), DType.FLOAT64);
    Tensor losses = NONE.of(x, Tensor.of(1), lengths(0, 0), lengths(0, 1));
    assertThat(losses.get(0)).isZero();
    assertThat(losses.get(1)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  // ---- bad input

  @Test
  void saysWhatIsWrong() {
    Tensor x = answers(1, 4, 2);
    Tensor targets = Tensor.of(new int[] {1, 2, 1, 0}, 2, 2);
    fails(
        () -> NONE.of(x.to(DType.INT32), targets, lengths(4, 4), lengths(2, 1)),
        DTypeException.class,
        "ctc: log-probabilities must be FLOAT32 or FLOAT64, got INT32 [4, 2, 3]; convert with"
            + " .to(...)");
    fails(
        () -> NONE.of(x.select(1, 0), targets, lengths(4, 4), lengths(2, 1)),
        ShapeException.class,
        "ctc: log-probabilities must be [time, batch, classes], got [4, 3]");
    fails(
        () -> NONE.of(x, targets.to(DType.FLOAT32), lengths(4, 4), lengths(2, 1)),
        DTypeException.class,
        "ctc: targets must be INT32 labels, got FLOAT32 [2, 2]; convert with .to(DType.INT32)");
    fails(
        () -> NONE.of(x, Tensor.of(1, 2), lengths(4, 4), lengths(2, 1)),
        ShapeException.class,
        "ctc: targets must be [2, longest], or one after another [3], the sum of their lengths;"
            + " got [2]");
    fails(
        () -> NONE.of(x, targets, lengths(4), lengths(2, 1)),
        ShapeException.class,
        "ctc: input lengths must be INT32 [2], one for each sequence, got INT32 [1]");
    fails(
        () -> NONE.of(x, targets, lengths(4, 5), lengths(2, 1)),
        ArgumentException.class,
        "ctc: input lengths must be 0 to 4, got 5 for sequence 1");
    fails(
        () -> NONE.of(x, targets, lengths(4, 4), lengths(-1, 1)),
        ArgumentException.class,
        "ctc: target lengths must be 0 to 2, got -1 for sequence 0");
    fails(
        () -> NONE.of(x, targets, lengths(4, 4), lengths(2, 2)),
        IndexException.class,
        "ctc: label 0 (number 1 of sequence 1) must be a class, 0 to 2, and not the blank 0");
    fails(
        () -> NONE.blank(3).of(x, targets, lengths(4, 4), lengths(2, 1)),
        IndexException.class,
        "ctc: blank 3 is out of range 0 to 2");
  }

  private static void fails(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Class<?> type, String message) {
    assertThatThrownBy(call).isInstanceOf(type).hasMessage(message);
  }
}
