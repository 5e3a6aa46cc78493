package org.lawu.tensor;

import java.util.List;
import java.util.Map;
import org.lawu.error.GradientException;

/**
 * What {@link Tensor#backward()} returns: the gradient of the result with respect to each leaf that
 * it depends on. Immutable; nothing accumulates between calls, so there is nothing to reset.
 */
public final class Gradients {
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

  /** The number of leaves that the result depends on. */
  public int size() {
    return byOwner.size();
  }
}
