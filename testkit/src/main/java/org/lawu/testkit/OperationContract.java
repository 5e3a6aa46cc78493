package org.lawu.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.error.LawuException;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.OperationSpecification.Refusal;

/**
 * What holds for every operation, tested from its specification. With JUnit:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> keepsTheContract() {
 *   return OperationContract.of(specification).checks().stream()
 *       .map(check -> dynamicTest(check.name(), check.body()::run));
 * }
 * }</pre>
 *
 * <p>Every check throws {@link AssertionError} with the operation, the sample and the place where
 * it fails.
 */
public final class OperationContract {
  private final OperationSpecification specification;

  /** One clause of the contract. */
  public record Check(String name, Runnable body) {}

  private OperationContract(OperationSpecification specification) {
    this.specification = specification;
  }

  /** The contract of one operation. */
  public static OperationContract of(OperationSpecification specification) {
    return new OperationContract(specification);
  }

  /** The clauses, in the order in which they explain a failure best. */
  public List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("agrees with the reference", this::agreesWithReference));
    checks.add(new Check("leaves inputs and results alone", this::leavesInputsAndResults));
    checks.add(new Check("takes any memory layout", this::takesAnyLayout));
    if (specification.derivatives() > 0) {
      checks.add(new Check("has the numeric gradient", this::hasNumericGradient));
      checks.add(new Check("has equal gradients in FLOAT32", this::hasFloatGradient));
      checks.add(new Check("takes gradients of any layout", this::takesGradientsOfAnyLayout));
    }
    if (specification.derivatives() > 1) {
      checks.add(new Check("has the numeric second gradient", this::hasNumericSecondGradient));
    }
    checks.add(new Check("refuses bad inputs", this::refusesBadInputs));
    return List.copyOf(checks);
  }

  private void agreesWithReference() {
    List<List<Tensor>> all = new ArrayList<>(specification.extremes());
    forEachSample(all::add);
    for (List<Tensor> inputs : all) {
      Tensor actual = specification.function().apply(inputs);
      Tensor expected = specification.reference().apply(convert(inputs, DType.FLOAT64));
      // In the result's type, where what is beyond its range is infinite.
      close("FLOAT32 against the reference", inputs, actual, expected.to(actual.dtype()));
    }
  }

  private void leavesInputsAndResults() {
    forEachSample(inputs -> {
      List<Tensor> before = inputs.stream().map(MemoryLayout::contiguous).toList();
      Tensor first = specification.function().apply(tracked(inputs));
      Tensor copy = MemoryLayout.contiguous(first);
      if (first.isTracked()) {
        first.sum().backward();
      }
      var _ = specification.function().apply(tracked(other(inputs)));
      Tensor second = specification.function().apply(inputs);
      equal("an input after the call", inputs, inputs, before);
      equal("the result after another call", inputs, List.of(first), List.of(copy));
      equal("the result of the same call", inputs, List.of(second), List.of(copy));
    });
  }

  /** Inputs of the same shapes with other elements: those of each in reverse order. */
  private static List<Tensor> other(List<Tensor> inputs) {
    return inputs.stream()
        .map(x -> {
          int n = x.shape().elements();
          Tensor last = Tensor.arange(n - 1, -1, -1);
          return x.reshape(n).indexSelect(0, last).reshape(x.shape());
        })
        .toList();
  }

  private void takesAnyLayout() {
    forEachSample(inputs -> {
      for (MemoryLayout layout : MemoryLayout.values()) {
        takesLayout(layout, inputs, inputs.size());
        takesLayout(layout, inputs, 1);
      }
    });
  }

  /** Compares views with copies of them, for the first {@code count} inputs. */
  private void takesLayout(MemoryLayout layout, List<Tensor> inputs, int count) {
    List<Tensor> views = new ArrayList<>(inputs);
    for (int i = 0; i < count; i++) {
      Tensor x = inputs.get(i);
      views.set(i, x.rank() == 0 ? x : layout.view(x));
    }
    List<Tensor> copies = views.stream().map(MemoryLayout::contiguous).toList();
    String what = "of layout " + layout + " against contiguous";
    close(
        "inputs " + what,
        inputs,
        specification.function().apply(views),
        specification.function().apply(copies));
    if (specification.derivatives() > 0) {
      close(
          "inputs " + what,
          inputs,
          gradients(views, OperationContract::weighted),
          gradients(copies, OperationContract::weighted));
    }
  }

  private void hasNumericGradient() {
    forEachSample(inputs -> check(inputs, GradientCheck::check));
  }

  private void hasNumericSecondGradient() {
    forEachSample(inputs -> check(inputs, GradientCheck::checkSecondOrder));
  }

  private void check(List<Tensor> inputs, Consumer<GradientCheck> check) {
    try {
      check.accept(GradientCheck.of(specification.function(), inputs.toArray(new Tensor[0])));
    } catch (AssertionError fault) {
      throw fault(inputs, String.valueOf(fault.getMessage()));
    }
  }

  private void hasFloatGradient() {
    forEachSample(inputs ->
        close(
            "FLOAT32 against FLOAT64",
            inputs,
            gradients(inputs, OperationContract::weighted),
            gradients(convert(inputs, DType.FLOAT64), OperationContract::weighted)));
  }

  /** Reads the result through views, so that its gradient arrives permuted or expanded. */
  private void takesGradientsOfAnyLayout() {
    forEachSample(inputs -> {
      close(
          "from a permuted gradient",
          inputs,
          gradients(inputs, y -> reversed(y).mul(reversed(weights(y))).sum()),
          gradients(inputs, OperationContract::weighted));
      close(
          "from an expanded gradient",
          inputs,
          gradients(inputs, Tensor::sum),
          gradients(inputs, y -> y.mul(Tensor.full(1, y.shape(), y.dtype())).sum()));
    });
  }

  private void refusesBadInputs() {
    for (Refusal refusal : specification.refusals()) {
      try {
        var _ = refusal.call().get();
      } catch (LawuException refused) {
        if (refusal.message().equals(refused.getMessage())) {
          continue;
        }
        throw new AssertionError(
            "%s: the message should be\n  %s\nbut is\n  %s"
                .formatted(specification, refusal.message(), refused.getMessage()),
            refused);
      }
      throw new AssertionError(
          "%s: was not refused: %s".formatted(specification, refusal.message()));
    }
  }

  // ---- inputs

  /** Draws the same inputs every time. */
  private void forEachSample(Consumer<List<Tensor>> body) {
    var random = new Philox(specification.name().hashCode());
    for (List<Shape> shapes : specification.samples()) {
      if (shapes.size() != specification.domains().size()) {
        throw new ArgumentException(
            "%s: the sample %s must have a shape for each of %d inputs"
                .formatted(specification, shapes, specification.domains().size()));
      }
      body.accept(
          IntStream.range(0, shapes.size())
              .mapToObj(i -> specification.domains().get(i).draw(shapes.get(i), random))
              .toList());
    }
  }

  private static List<Tensor> convert(List<Tensor> inputs, DType dtype) {
    return inputs.stream().map(x -> x.dtype().isFloating() ? x.to(dtype) : x).toList();
  }

  private static List<Tensor> tracked(List<Tensor> inputs) {
    return inputs.stream().map(x -> x.dtype().isFloating() ? x.withGradient() : x).toList();
  }

  // ---- gradients

  /** The gradients of a number read from the result, with respect to the floating inputs. */
  private List<Tensor> gradients(List<Tensor> inputs, UnaryOperator<Tensor> reading) {
    List<Tensor> leaves = tracked(inputs);
    Gradients gradients = reading.apply(specification.function().apply(leaves)).backward();
    return leaves.stream()
        .filter(Tensor::isTracked)
        .map(x -> gradients.has(x) ? gradients.of(x) : Tensor.zeros(x.shape(), x.dtype()))
        .toList();
  }

  private static Tensor weighted(Tensor y) {
    return y.mul(weights(y)).sum();
  }

  private static Tensor weights(Tensor y) {
    return Tensor.uniform(new Philox(1), -1, 1, y.shape().toArray()).to(y.dtype());
  }

  private static Tensor reversed(Tensor x) {
    return x.permute(IntStream.range(0, x.rank()).map(i -> x.rank() - 1 - i).toArray());
  }

  // ---- comparisons

  private void equal(String what, List<Tensor> at, List<Tensor> actual, List<Tensor> expected) {
    if (!actual.equals(expected)) {
      throw fault(at, "%s changed from %s to %s".formatted(what, expected, actual));
    }
  }

  private void close(String what, List<Tensor> at, List<Tensor> actual, List<Tensor> expected) {
    for (int i = 0; i < actual.size(); i++) {
      close("gradient %d, %s".formatted(i, what), at, actual.get(i), expected.get(i));
    }
  }

  private void close(String what, List<Tensor> at, Tensor actual, Tensor expected) {
    if (!actual.shape().equals(expected.shape())) {
      throw fault(at, "%s: shape %s, not %s".formatted(what, actual.shape(), expected.shape()));
    }
    double[] x = actual.toDoubleArray();
    double[] y = expected.toDoubleArray();
    for (int i = 0; i < x.length; i++) {
      boolean same = x[i] == y[i] || (Double.isNaN(x[i]) && Double.isNaN(y[i]));
      double bound = specification.tolerance() * (1 + Math.abs(y[i]));
      // An infinite bound would let everything pass.
      if (!same && !(Math.abs(x[i] - y[i]) <= bound && Double.isFinite(bound))) {
        throw fault(
            at,
            "%s: %s instead of %s at %s; they may differ by %s"
                .formatted(what, x[i], y[i], Place.of(actual.shape(), i), bound));
      }
    }
  }

  private AssertionError fault(List<Tensor> inputs, String fault) {
    return new AssertionError(
        "%s of %s: %s"
            .formatted(specification, inputs.stream().map(Tensor::shape).toList(), fault));
  }
}
