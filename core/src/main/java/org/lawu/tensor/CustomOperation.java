package org.lawu.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation of your own, with your own gradient rule; run it with {@link Autograd#apply}.
 *
 * <p>It is needed only where tensor methods cannot express the computation, or where you know a
 * better gradient than the one they would give. Without state it serves any number of threads.
 */
public interface CustomOperation {

  /** The name in messages. */
  String name();

  /**
   * Computes the result; check the inputs first. The inputs are untracked and nothing computed here
   * is remembered.
   */
  Tensor forward(List<Tensor> inputs);

  /**
   * The gradient with respect to each input: one for each, of its shape or one it was broadcast to;
   * null where none exists. Written in tensor methods it can itself be differentiated. In the run
   * of a {@link Workspace} it can read what {@link #forward} left in a field; a tensor that it
   * leaves there itself is to be kept ({@link Workspace#keep}).
   *
   * @param inputs the inputs of {@link #forward}
   * @param output its result
   * @param gradient the gradient of the final result with respect to {@code output}
   */
  List<@Nullable Tensor> gradients(List<Tensor> inputs, Tensor output, Tensor gradient);
}
