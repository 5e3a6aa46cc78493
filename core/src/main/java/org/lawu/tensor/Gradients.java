package org.lawu.tensor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.lawu.error.GradientException;

/**
 * What {@link Tensor#backward()} returns: the gradient of the result with respect to each leaf that
 * it depends on. Immutable; nothing accumulates between calls, so there is nothing to reset.
 */
public final class Gradients {
  /** Sums of FLOAT32 squares below it have lost bits to underflow. */
  private static final double SMALL = 0x1p-100;

  private final Map<Object, Tensor> byOwner;

  Gradients(Map<Object, Tensor> byOwner) {
    this.byOwner = byOwner;
  }

  /**
   * The gradient with respect to a parameter, of its shape and type.
   *
   * @throws GradientException if the result does not depend on the parameter
   */
  public Tensor of(Parameter parameter) {
    Tensor gradient = byOwner.get(parameter);
    if (gradient == null) {
      throw new GradientException(
          ("gradients: the result does not depend on the parameter %s %s; ask has(parameter) first"
                  + " if that is expected")
              .formatted(parameter.name(), parameter.shape()));
    }
    return gradient;
  }

  /**
   * The gradient with respect to a leaf made by {@link Tensor#withGradient()}.
   *
   * @throws GradientException if the tensor is not such a leaf, or the result does not depend on it
   */
  public Tensor of(Tensor leaf) {
    Tensor gradient = leaf.node == null ? null : byOwner.get(leaf.node.owner);
    if (gradient == null) {
      throw new GradientException(
          leaf.node == null
              ? "gradients: the tensor %s is not tracked; create it with withGradient()"
                  .formatted(leaf.shape())
              : ("gradients: no gradient for the tensor %s: the result does not depend on it, or it"
                      + " is no leaf; for intermediate results use Autograd.grad")
                  .formatted(leaf.shape()));
    }
    return gradient;
  }

  /** Whether there is a gradient for the parameter: whether the result depends on it. */
  public boolean has(Parameter parameter) {
    return byOwner.containsKey(parameter);
  }

  /** Whether there is a gradient for the leaf: whether the result depends on it. */
  public boolean has(Tensor leaf) {
    return leaf.node != null && byOwner.containsKey(leaf.node.owner);
  }

  /**
   * The parameters that the result depends on, in an order that the computation alone determines.
   */
  public List<Parameter> parameters() {
    return byOwner.keySet().stream()
        .filter(Parameter.class::isInstance)
        .map(Parameter.class::cast)
        .toList();
  }

  /**
   * The gradients of the parameters that pass a test, and no others; with two optimizers, two
   * groups of parameters have settings of their own.
   *
   * <pre>{@code
   * weights.step(gradients.filter(parameter -> parameter.shape().rank() > 1));
   * biases.step(gradients.filter(parameter -> parameter.shape().rank() <= 1));
   * }</pre>
   */
  public Gradients filter(Predicate<Parameter> test) {
    Map<Object, Tensor> kept = new LinkedHashMap<>();
    byOwner.forEach((owner, gradient) -> {
      if (owner instanceof Parameter parameter && test.test(parameter)) {
        kept.put(owner, gradient);
      }
    });
    return new Gradients(kept);
  }

  /**
   * Every gradient changed by a function, in the order of {@link #parameters}, without a graph.
   *
   * <pre>{@code
   * Gradients halved = gradients.map(gradient -> gradient.mul(0.5));
   * }</pre>
   *
   * @throws GradientException if the function changes a shape or a type
   */
  public Gradients map(UnaryOperator<Tensor> change) {
    Map<Object, Tensor> changed = new LinkedHashMap<>();
    Autograd.noGrad(() -> {
      byOwner.forEach((owner, gradient) -> changed.put(owner, checked(gradient, change)));
      return changed;
    });
    return new Gradients(changed);
  }

  /**
   * The sums of these gradients and others, as those of the sum of two losses: so the gradients of
   * small batches become that of a large one, which did not fit into memory.
   *
   * <pre>{@code
   * Gradients both = first.backward().plus(second.backward());
   * optimizer.step(both.map(gradient -> gradient.mul(0.5)));
   * }</pre>
   *
   * <p>What has a gradient in one of them alone keeps that.
   */
  public Gradients plus(Gradients others) {
    Map<Object, Tensor> sums = new LinkedHashMap<>(byOwner);
    Autograd.noGrad(() -> {
      others.byOwner.forEach((owner, gradient) -> sums.merge(owner, gradient, Tensor::add));
      return sums;
    });
    return new Gradients(sums);
  }

  private static Tensor checked(Tensor gradient, UnaryOperator<Tensor> change) {
    Tensor changed = change.apply(gradient);
    if (!changed.shape().equals(gradient.shape()) || changed.dtype() != gradient.dtype()) {
      throw new GradientException(
          "map: a gradient must stay %s %s, the function made it %s %s"
              .formatted(gradient.dtype(), gradient.shape(), changed.dtype(), changed.shape()));
    }
    return changed;
  }

  /**
   * The root of the sum of the squares of all elements of all gradients; the same bits with any
   * number of threads.
   */
  public double norm() {
    double squares = 0;
    for (Tensor gradient : byOwner.values()) {
      double norm = norm(gradient);
      squares += norm * norm;
    }
    return Math.sqrt(squares);
  }

  private static double norm(Tensor gradient) {
    if (gradient.shape().elements() == 0) {
      return 0;
    }
    return Autograd.noGrad(() -> {
      double squares = gradient.square().sum().item();
      if (squares > SMALL && squares < Double.POSITIVE_INFINITY) {
        return Math.sqrt(squares);
      }
      // Squares have left the range of FLOAT32, unless all is zero or something infinite.
      double largest = gradient.abs().max().item();
      return largest > 0 && largest < Double.POSITIVE_INFINITY
          ? largest * Math.sqrt(gradient.div(largest).square().sum().item())
          : largest;
    });
  }

  /** The number of leaves that the result depends on. */
  public int size() {
    return byOwner.size();
  }
}
