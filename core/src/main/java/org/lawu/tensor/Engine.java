package org.lawu.tensor;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.operation.Backward;
import org.lawu.internal.operation.Fused;
import org.lawu.internal.operation.GradientRule;
import org.lawu.internal.operation.Operation;

/** Runs operations on tensors and, where a gradient may be asked for, remembers them. */
final class Engine {
  /** Whether operations are remembered; unbound means yes. */
  private static final ScopedValue<Boolean> RECORDING = ScopedValue.newInstance();

  private Engine() {}

  static boolean isRecording() {
    return RECORDING.orElse(true);
  }

  static <T extends @Nullable Object> T recording(boolean on, Supplier<T> body) {
    return ScopedValue.where(RECORDING, on).call(body::get);
  }

  /** Runs an operation; the tensor methods' way in. */
  static Tensor apply(Operation operation, TensorMethods... inputs) {
    Tensor[] tensors = new Tensor[inputs.length];
    NdArray[] arrays = new NdArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      tensors[i] = (Tensor) inputs[i];
      arrays[i] = tensors[i].array;
    }
    return operation instanceof Fused fused
        ? apply(fused, tensors, arrays)
        : remember(operation, tensors, operation.forward(arrays));
  }

  private static Tensor apply(Fused operation, Tensor[] inputs, NdArray[] arrays) {
    operation.check(arrays);
    if (arrays[0].dtype() != DType.FLOAT32) {
      return operation.composed(Engine::apply, inputs);
    }
    Fused.Result result = operation.compute(isRecording() && anyTracked(inputs), arrays);
    Tensor output = remember(operation, inputs, result.output());
    if (output.node != null) {
      output.node.kept = result.kept();
    }
    return output;
  }

  static Tensor apply(CustomOperation operation, Tensor... inputs) {
    List<Tensor> untracked = List.of(inputs).stream().map(Tensor::detach).toList();
    Tensor result = recording(false, () -> operation.forward(untracked));
    return remember(new CustomRule(operation), inputs.clone(), result.array);
  }

  private static Tensor remember(GradientRule rule, Tensor[] inputs, NdArray result) {
    if (!result.dtype().isFloating() || !anyTracked(inputs) || !isRecording()) {
      return new Tensor(result, null);
    }
    Node node = Node.of(rule, inputs);
    Tensor tracked = new Tensor(result, node);
    if (rule.saves().output()) {
      node.output = tracked;
    }
    return tracked;
  }

  private static boolean anyTracked(Tensor[] inputs) {
    for (Tensor input : inputs) {
      if (input.node != null) {
        return true;
      }
    }
    return false;
  }

  /** A user's operation as backpropagation sees it. */
  private record CustomRule(CustomOperation custom) implements GradientRule {
    @Override
    public String name() {
      return custom.name();
    }

    @Override
    public Saves saves() {
      return Saves.BOTH;
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      Tensor[] inputs = new Tensor[backward.inputs()];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = backward.input(i);
      }
      var gradients = custom.gradients(List.of(inputs), backward.output(), backward.gradient());
      return gradients.toArray(new @Nullable Tensor[0]);
    }
  }
}
