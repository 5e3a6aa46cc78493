package org.lawu.train;

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
 * trainer.fit(dataset, Fit.epochs(100).callbacks(perfect));
 * }</pre>
 *
 * <p>The methods are called on the thread that trains, in the order in which the callbacks were
 * given to {@link Fit#callbacks}. What one throws ends the training and comes out of {@link
 * Trainer#fit}.
 */
public interface Callback {

  /** Before the first epoch, when settings and data are known to fit. */
  default void started(Training training) {}

  /** Before the first batch of an epoch. */
  default void epochStarted(Training training) {}

  /** After each step of the optimizer. */
  default void stepped(Training training) {}

  /** After an epoch and its validation; {@link Training#values} are those of the whole epoch. */
  default void epochEnded(Training training) {}

  /** After the last epoch, or the one that a callback stopped at; not if training fails. */
  default void ended(Training training) {}
}
