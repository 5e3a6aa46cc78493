package org.lawu.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * Holds the gradients of a function of tensors against central differences {@code (f(x + h) - f(x -
 * h)) / 2h}, in FLOAT64.
 *
 * <p>Floating inputs are converted to FLOAT64 and every one of their elements is checked; INT32 and
 * BOOL inputs are passed on as they are. A result of several elements is made a number by adding
 * them up with fixed random weights, so that no element's gradient can hide behind another's.
 *
 * <pre>{@code
 * GradientCheck.of(inputs -> inputs.get(0).matmul(inputs.get(1)).tanh(), a, b).check();
 * }</pre>
 */
public final class GradientCheck {
  private static final double STEP = 1e-5;
  private static final double DEFAULT_TOLERANCE = 1e-6;
  private static final long SEED = 0x6C617775;

  private final Function<List<Tensor>, Tensor> function;
  private final List<Tensor> inputs;
  private final double tolerance;

  private GradientCheck(
      Function<List<Tensor>, Tensor> function, List<Tensor> inputs, double tolerance) {
    this.function = function;
    this.inputs = inputs;
    this.tolerance = tolerance;
  }

  /**
   * A check of a function at a point where it is smooth.
   *
   * @throws ArgumentException if no input is FLOAT32 or FLOAT64
   */
  public static GradientCheck of(Function<List<Tensor>, Tensor> function, Tensor... inputs) {
    List<Tensor> wide =
        List.of(inputs).stream()
            .map(x -> x.dtype().isFloating() ? x.detach().to(DType.FLOAT64) : x)
            .toList();
    if (wide.stream().noneMatch(x -> x.dtype().isFloating())) {
      throw new ArgumentException("gradient check: needs an input of FLOAT32 or FLOAT64");
    }
    return new GradientCheck(function, wide, DEFAULT_TOLERANCE);
  }

  /**
   * The same with another tolerance than 1e-6: two gradients may differ by {@code tolerance (1 +
   * |numeric|)}.
   */
  public GradientCheck tolerance(double newTolerance) {
    return new GradientCheck(function, inputs, newTolerance);
  }

  /**
   * Checks the gradient, as {@link Tensor#backward()} and as {@link Autograd#grad} with a graph
   * give it.
   *
   * @throws AssertionError naming the input, the index, and both values, where they differ
   */
  public void check() {
    Tensor weights = weights();
    compare("gradient", xs -> function.apply(xs).mul(weights), inputs);
  }

  /**
   * Checks the gradient of the gradient, with respect to the inputs and to the gradient that comes
   * in from above; the latter is called the input after the last.
   *
   * @throws AssertionError naming the input, the index, and both values, where they differ
   */
  public void checkSecondOrder() {
    List<Tensor> withWeights = new ArrayList<>(inputs);
    withWeights.add(weights());
    compare("second gradient", this::weightedGradients, withWeights);
  }

  private Tensor weights() {
    Tensor result = function.apply(inputs);
    if (result.dtype() != DType.FLOAT64) {
      throw new AssertionError(
          "gradient check: FLOAT64 inputs give a result of type " + result.dtype());
    }
    return random(result, SEED);
  }

  /** Fixed numbers in [0.5, 1.5), so that none lets an error vanish. */
  private static Tensor random(Tensor like, long seed) {
    return Tensor.uniform(new Philox(seed), 0.5, 1.5, like.shape().toArray()).to(DType.FLOAT64);
  }

  /** The elements of all gradients of the weighted sum, weighted; the last x is the weights. */
  private Tensor weightedGradients(List<Tensor> xs) {
    List<Tensor> tracked = xs.stream().map(GradientCheck::tracked).toList();
    Tensor y = function.apply(tracked.subList(0, inputs.size())).mul(tracked.getLast()).sum();
    List<Tensor> leaves =
        tracked.subList(0, inputs.size()).stream().filter(Tensor::isTracked).toList();
    List<Tensor> gradients = Autograd.grad(y, leaves, true);
    List<Tensor> weighted = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      Tensor gradient = gradients.get(i);
      weighted.add(
          gradient.mul(random(gradient, SEED + 1 + i)).reshape(gradient.shape().elements()));
    }
    return Tensor.concat(0, weighted);
  }

  private static Tensor tracked(Tensor x) {
    return x.dtype().isFloating() && !x.isTracked() ? x.withGradient() : x;
  }

  // ---- analytic against numeric

  /** Checks the gradients of the sum of a function's elements. */
  private void compare(String what, Function<List<Tensor>, Tensor> terms, List<Tensor> at) {
    List<Tensor> leaves = at.stream().map(GradientCheck::tracked).toList();
    Tensor y = terms.apply(leaves).sum();
    // What depends on no input, as the gradient of a linear function, is not tracked.
    var gradients = y.isTracked() ? y.backward() : null;
    for (int i = 0; i < at.size(); i++) {
      Tensor leaf = leaves.get(i);
      if (!leaf.isTracked()) {
        continue;
      }
      Tensor zeros = Tensor.zeros(leaf.shape(), leaf.dtype());
      Tensor analytic = gradients == null || !gradients.has(leaf) ? zeros : gradients.of(leaf);
      if (!analytic.shape().equals(leaf.shape()) || analytic.dtype() != leaf.dtype()) {
        throw new AssertionError(
            "%s of input %d: is %s %s, the input %s %s"
                .formatted(
                    what, i, analytic.dtype(), analytic.shape(), leaf.dtype(), leaf.shape()));
      }
      compare(what, i, leaf, analytic.toDoubleArray(), numeric(terms, at, i));
      Tensor graph = y.isTracked() ? Autograd.grad(y, leaf, true) : zeros;
      compare(what + " with a graph", i, leaf, graph.toDoubleArray(), analytic.toDoubleArray());
    }
  }

  private void compare(String what, int input, Tensor at, double[] analytic, double[] numeric) {
    for (int i = 0; i < analytic.length; i++) {
      double bound = tolerance * (1 + Math.abs(numeric[i]));
      if (!(Math.abs(analytic[i] - numeric[i]) <= bound)) {
        throw new AssertionError(
            "%s of input %d at %s: analytic %s, numeric %s; they may differ by %s"
                .formatted(what, input, Place.of(at.shape(), i), analytic[i], numeric[i], bound));
      }
    }
  }

  private static double[] numeric(
      Function<List<Tensor>, Tensor> terms, List<Tensor> at, int input) {
    double[] elements = at.get(input).toDoubleArray();
    int[] sizes = at.get(input).shape().toArray();
    double[] result = new double[elements.length];
    List<Tensor> moved = new ArrayList<>(at);
    for (int i = 0; i < elements.length; i++) {
      double x = elements[i];
      double step = STEP * Math.max(1, Math.abs(x));
      elements[i] = x + step;
      moved.set(input, Tensor.of(elements, sizes));
      Tensor above = terms.apply(moved);
      elements[i] = x - step;
      moved.set(input, Tensor.of(elements, sizes));
      Tensor below = terms.apply(moved);
      elements[i] = x;
      // The difference before the sum, in which it would drown.
      result[i] = above.sub(below).sum().item() / (2 * step);
    }
    return result;
  }
}
