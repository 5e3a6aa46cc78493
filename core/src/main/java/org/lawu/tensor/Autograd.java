package org.lawu.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.error.GradientException;

/**
 * Reverse-mode automatic differentiation beyond {@link Tensor#backward()}: gradients of chosen
 * tensors, gradients of gradients, computation without tracking, and custom operations.
 */
public final class Autograd {
  private Autograd() {}

  /**
   * Runs a computation without remembering it, as inference does: results are untracked and memory
   * is freed at once. Holds for the calling thread until the computation ends.
   */
  public static <T> T noGrad(Supplier<T> computation) {
    return Engine.recording(false, computation);
  }

  /**
   * Runs a computation in which some parameters have other values. It holds for the calling thread
   * until the computation ends; nothing is changed, and other threads see nothing of it. What the
   * computation itself sets or trains are the real values, which it cannot see. PyTorch's {@code
   * torch.func.functional_call}.
   *
   * <pre>{@code
   * Tensor logits = Autograd.withValues(Map.of(weight, other), () -> model.predict(features));
   * }</pre>
   *
   * <p>A tracked value is differentiated through, an untracked one is a constant.
   *
   * @throws org.lawu.error.ShapeException if a value has another shape than its parameter
   * @throws org.lawu.error.DTypeException if a value has another type
   */
  public static <T extends @Nullable Object> T withValues(
      Map<Parameter, Tensor> values, Supplier<T> computation) {
    return Parameter.withValues(values, computation);
  }

  /** Whether operations on tracked tensors are remembered on this thread. */
  public static boolean isRecording() {
    return Engine.isRecording();
  }

  /**
   * The gradients of a scalar with respect to tensors, leaves or not; zeros for those it does not
   * depend on.
   *
   * @param result a tracked tensor with one element
   * @param createGraph whether the gradients are tracked themselves, so that they can be
   *     differentiated again
   * @throws GradientException if the result is untracked or has more than one element, or a tensor
   *     is untracked
   */
  public static List<Tensor> grad(Tensor result, List<Tensor> tensors, boolean createGraph) {
    Node start = scalarNode(result);
    Set<Node> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Tensor tensor : tensors) {
      if (tensor.node == null) {
        throw new GradientException(
            "grad: the tensor %s is not tracked; create it with withGradient()"
                .formatted(tensor.shape()));
      }
      wanted.add(tensor.node);
    }
    var found =
        Engine.recording(createGraph, () -> Backpropagation.run(start, seed(result), wanted));
    List<Tensor> gradients = new ArrayList<>(tensors.size());
    for (Tensor tensor : tensors) {
      Tensor gradient = tensor.node == null ? null : found.get(tensor.node.owner);
      gradients.add(gradient == null ? Tensor.zeros(tensor.shape(), tensor.dtype()) : gradient);
    }
    return gradients;
  }

  /**
   * The gradient of a scalar with respect to one tensor; see {@link #grad(Tensor, List, boolean)}.
   */
  public static Tensor grad(Tensor result, Tensor tensor, boolean createGraph) {
    return grad(result, List.of(tensor), createGraph).getFirst();
  }

  /** Runs a custom operation, remembering it like any other. */
  public static Tensor apply(CustomOperation operation, Tensor... inputs) {
    return Engine.apply(operation, inputs);
  }

  static Gradients backward(Tensor result) {
    Node start = scalarNode(result);
    return new Gradients(
        Engine.recording(false, () -> Backpropagation.run(start, seed(result), Set.of())));
  }

  private static Tensor seed(Tensor result) {
    return Tensor.full(1, result.shape(), result.dtype());
  }

  private static Node scalarNode(Tensor result) {
    if (result.node == null) {
      throw new GradientException(
          "backward: the tensor %s is not tracked: it depends on no parameter and no tensor made by"
                  .formatted(result.shape())
              + " withGradient(), or was computed under noGrad");
    }
    if (result.shape().elements() != 1) {
      throw new GradientException(
          "backward: needs one element, got %s; reduce it with sum() or mean()"
              .formatted(result.shape()));
    }
    return result.node;
  }
}
