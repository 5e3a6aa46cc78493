package org.lawu.nn.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lawu.tensor.Tensor;

/** Runs a recurrence step by step over {@code [t, n, ...]}. */
final class Steps {
  private Steps() {}

  /** One step: the parts of the next state, of which the first is the output. */
  @FunctionalInterface
  interface Cell {
    List<Tensor> next(Tensor input, List<Tensor> state);
  }

  static Recurrent.Scan scan(Tensor inputs, List<Tensor> initial, boolean reverse, Cell cell) {
    List<Tensor> each = new ArrayList<>();
    split(inputs, each);
    int steps = each.size();
    @Nullable Tensor[] outputs = new @Nullable Tensor[steps];
    List<Tensor> state = initial;
    for (int step = 0; step < steps; step++) {
      int at = reverse ? steps - 1 - step : step;
      state = cell.next(each.get(at), state);
      outputs[at] = state.getFirst();
    }
    var ordered = Arrays.stream(outputs).map(Objects::requireNonNull).toList();
    return new Recurrent.Scan(Tensor.stack(0, ordered), state);
  }

  /**
   * The slices along axis 0, by halves: the gradient of a slice is padded to the size of what it
   * was cut from, which for single slices of the whole would cost {@code t} times its size, and so
   * costs {@code log t} times.
   */
  private static void split(Tensor inputs, List<Tensor> each) {
    int steps = inputs.size(0);
    if (steps == 1) {
      each.add(inputs.squeeze(0));
    } else {
      split(inputs.slice(0, 0, steps / 2), each);
      split(inputs.slice(0, steps / 2, steps), each);
    }
  }
}
