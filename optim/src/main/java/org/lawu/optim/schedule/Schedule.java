package org.lawu.optim.schedule;

/**
 * A learning rate for each step: a pure function, so a run can go on from any step, and a schedule
 * can be shared, plotted and tested.
 *
 * <pre>{@code
 * Schedule schedule = new LinearWarmup(1e-3, 500).then(500, new CosineAnnealing(1e-3, 10_000));
 * for (int step = 0; step < 10_500; step++) {
 *   optimizer.learningRate(schedule.at(step));
 *   optimizer.step(loss(step).backward());
 * }
 * }</pre>
 *
 * <p>What counts as a step, an optimizer's step or an epoch, is the caller's choice. The formulas
 * are those of {@code torch.optim.lr_scheduler}. An own schedule is a lambda.
 */
@FunctionalInterface
public interface Schedule {

  /**
   * The learning rate of a step.
   *
   * @param step counted from 0
   * @throws org.lawu.error.ArgumentException if it is negative
   */
  double at(int step);

  /**
   * This schedule for some steps, then another that starts from its own step 0; PyTorch's {@code
   * SequentialLR}.
   *
   * @throws org.lawu.error.ArgumentException if the number of steps is below 1
   */
  default Schedule then(int steps, Schedule next) {
    return new Sequence(this, steps, next);
  }
}
