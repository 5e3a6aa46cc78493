package org.lawu.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/**
 * What happens besides the steps of a training: stopping early, saving checkpoints, writing logs.
 * Every method does nothing unless it is overridden.
 *
 * <pre>{@code
 * Callback perfect = new Callback() {
 *   @Override
 *   public void epochEnded(Training training) {
 *     if (training.values().get("accuracy") == 1) {
 *       training.stop("every answer is right");
 *     }
 *   }
 * };
 * trainer.fit(dataset, Fit.forEpochs(100).callbacks(perfect));
 * }</pre>
 *
 * <p>The methods are called on the thread that trains, in the order in which the callbacks were
 * given to {@link Fit#callbacks}. What one throws ends the training and comes out of {@link
 * Trainer#fit}.
 *
 * <p>A callback that remembers something across steps or epochs gives it as its {@link #state}, so
 * that a training which is resumed from a checkpoint goes on as if it had never stopped.
 */
public interface Callback {

  /**
   * Before the first epoch, when settings and data are known to fit. {@link Training#steps} and
   * {@link Training#history} tell whether the training is resumed; {@link #restore} comes next
   * then.
   */
  default void started(Training training) {}

  /** Before the first batch of an epoch, or the next one where a training is resumed within it. */
  default void epochStarted(Training training) {}

  /**
   * After the gradients of a batch are computed, and before the step that uses them. What throws
   * here leaves the parameters as they were.
   *
   * @param backward the batch, its loss and its gradients; they end with this call
   */
  default void differentiated(Training training, BackwardPass backward) {}

  /** After each step of the optimizer. */
  default void stepped(Training training) {}

  /** After an epoch and its validation; {@link Training#values} are those of the whole epoch. */
  default void epochEnded(Training training) {}

  /** After the last epoch, or the one that a callback stopped at; not if training fails. */
  default void ended(Training training) {}

  // ---- checkpoints

  /**
   * What a callback remembers.
   *
   * @param values numbers and words
   * @param tensors tensors by name
   */
  record State(Config values, Map<String, Tensor> tensors) {
    /** Copies the tensors' map. */
    public State {
      tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** A state without tensors. */
    public State(Config values) {
      this(values, Map.of());
    }
  }

  /**
   * All that this callback remembers, for a checkpoint; null, the default, if it remembers nothing.
   * Whether it is null must not change. A checkpoint is resumed by callbacks that remember
   * something with the same {@link Object#toString}, which therefore tells class and settings.
   */
  default @Nullable State state() {
    return null;
  }

  /** Goes on from what such a callback remembered; after {@link #started}. */
  default void restore(State state) {}
}
