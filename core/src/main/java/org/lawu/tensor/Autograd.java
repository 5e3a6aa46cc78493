package org.lawu.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
   * Runs a computation and looks at the result of every operation in it, forward and backward, to
   * find out where a NaN comes from. It is off otherwise, at no cost; while on, it costs a pass
   * over every result.
   *
   * <pre>{@code
   * Autograd.detectAnomaly(() -> loss.of(model.forward(x, pass), labels).backward());
   * // at encoder.0.norm1: anomaly: NaN first appeared in the output of div [8, 16, 64]
   * }</pre>
   *
   * <p>An infinity that an operation hands on from its input, such as that of a mask, is let
   * through; a NaN is not. Backpropagation names the layer if the forward pass was watched too.
   *
   * @throws org.lawu.error.AnomalyException at the first NaN or infinity, with the operation in
   *     which it appeared and, inside a layer, the layer
   */
  public static <T> T detectAnomaly(Supplier<T> computation) {
    return Engine.watching(computation);
  }

  /** Whether this thread looks for NaN and infinity; see {@link #detectAnomaly}. */
  public static boolean isDetectingAnomaly() {
    return Engine.isWatching();
  }

  /**
   * Runs a part of a computation that has a name, such as a layer, by which {@link #detectAnomaly}
   * calls it in backpropagation.
   *
   * @param place asked for the name of the innermost part, in that mode only
   */
  public static <T> T at(Supplier<String> place, Supplier<T> computation) {
    return Engine.isWatching() ? Anomaly.at(place, computation) : computation.get();
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

  /**
   * Runs a computation and keeps its inputs alone for backpropagation, which computes it again: the
   * memory of what is inside for the time of one more forward pass. The gradients, of the inputs
   * and of every parameter that the function reads, are the same to the bit. Chen et al., "Training
   * deep nets with sublinear memory cost" (2016).
   *
   * <pre>{@code
   * Tensor y = Autograd.checkpoint(x -> block.forward(x.getFirst(), pass), input);
   * }</pre>
   *
   * <p>Checkpoints may lie inside one another, and can be differentiated twice, though then sums
   * round in another order, and with {@code createGraph} what was computed again is kept.
   *
   * @param function reads tensors it depends on from its argument; it must give the same again, so
   *     random numbers have to come from a generator that it makes itself, and parameters must not
   *     change before backpropagation
   * @throws GradientException in backpropagation, if it gave another result the second time
   */
  public static Tensor checkpoint(Function<List<Tensor>, Tensor> function, Tensor... inputs) {
    List<Tensor> kept = List.of(inputs);
    return Engine.isRecording() ? Checkpoint.run(function, kept) : function.apply(kept);
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
