package org.lawu.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.array.Recycler;
import org.lawu.internal.operation.Backward;
import org.lawu.internal.operation.Fused;
import org.lawu.internal.operation.GradientRule;
import org.lawu.internal.operation.Operation;

/** Runs operations on tensors and, where a gradient may be asked for, remembers them. */
final class Engine {
  /**
   * How a thread computes.
   *
   * @param recording whether operations are remembered
   * @param watching whether every result is looked at for NaN and infinity
   */
  private record Mode(boolean recording, boolean watching) {}

  private static final Mode USUAL = new Mode(true, false);

  private static final ScopedValue<Mode> MODE = ScopedValue.newInstance();

  private Engine() {}

  static boolean isRecording() {
    return MODE.orElse(USUAL).recording;
  }

  static boolean isWatching() {
    return MODE.orElse(USUAL).watching;
  }

  static <T extends @Nullable Object> T recording(boolean on, Supplier<T> body) {
    return ScopedValue.where(MODE, new Mode(on, isWatching())).call(body::get);
  }

  static <T extends @Nullable Object> T watching(Supplier<T> body) {
    return ScopedValue.where(MODE, new Mode(isRecording(), true)).call(body::get);
  }

  /** Runs an operation; the tensor methods' way in. */
  static Tensor apply(Operation operation, TensorMethods... inputs) {
    Tensor[] tensors = new Tensor[inputs.length];
    NdArray[] arrays = new NdArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      tensors[i] = (Tensor) inputs[i];
      arrays[i] = tensors[i].array;
    }
    Tensor output =
        operation instanceof Fused fused
            ? apply(fused, tensors, arrays)
            : remember(operation, tensors, operation.forward(arrays));
    if (isWatching()) {
      Anomaly.check(operation.name(), arrays, output.array);
    }
    return output;
  }

  private static Tensor apply(Fused operation, Tensor[] inputs, NdArray[] arrays) {
    operation.check(arrays);
    if (arrays[0].dtype() != DType.FLOAT32) {
      return operation.composed(Engine::apply, inputs);
    }
    Fused.Result result = operation.compute(isRecording() && anyTracked(inputs), arrays);
    Tensor output = remember(operation, inputs, result.output());
    if (output.node != null) {
      output.node.keep(result.kept());
    }
    return output;
  }

  static Tensor apply(CustomOperation operation, Tensor... inputs) {
    List<Tensor> untracked = List.of(inputs).stream().map(Tensor::detach).toList();
    Recycler recycler = isRecording() && anyTracked(inputs) ? Recycler.current() : null;
    int lentBefore = recycler == null ? 0 : recycler.lentSoFar();
    Tensor result = recording(false, () -> operation.forward(untracked));
    if (recycler != null) {
      // Its gradients may read anything computed there.
      recycler.saveAll(lentBefore);
    }
    if (isWatching()) {
      NdArray[] arrays = Arrays.stream(inputs).map(input -> input.array).toArray(NdArray[]::new);
      Anomaly.check(operation.name(), arrays, result.array);
    }
    return remember(new CustomRule(operation), inputs.clone(), result.array);
  }

  private static Tensor remember(GradientRule rule, Tensor[] inputs, NdArray result) {
    if (!result.dtype().isFloating() || !anyTracked(inputs) || !isRecording()) {
      return new Tensor(result, null);
    }
    Node node = Node.of(isWatching() ? Anomaly.located(rule) : rule, inputs);
    Tensor tracked = new Tensor(result, node);
    if (rule.saves().output()) {
      node.saveOutput(tracked);
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
