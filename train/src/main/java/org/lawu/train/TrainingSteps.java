package org.lawu.train;

import org.jspecify.annotations.Nullable;
import org.lawu.nn.Layer;
import org.lawu.nn.loss.Penalty;
import org.lawu.optim.Clipping;
import org.lawu.optim.MaxNorm;
import org.lawu.optim.Optimizer;
import org.lawu.optim.WeightAverage;
import org.lawu.optim.schedule.Schedule;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/** Makes the losses of batches into steps of an optimizer, as settings say. */
final class TrainingSteps {
  private final Layer model;
  private final Optimizer optimizer;
  private final Fit settings;
  private int taken;

  /** The gradients since the last step, each times the records of its batch. */
  private @Nullable Gradients sum;

  private int batches;
  private int records;

  /**
   * Steps that go on.
   *
   * @param taken the number of steps so far
   */
  TrainingSteps(Layer model, Optimizer optimizer, Fit settings, int taken) {
    this.model = model;
    this.optimizer = optimizer;
    this.settings = settings;
    this.taken = taken;
  }

  /** The number of steps so far. */
  int taken() {
    return taken;
  }

  /** Whether the settings ask for no more steps. */
  boolean areSpent() {
    return settings.steps() > 0 && taken >= settings.steps();
  }

  /** What is made small: a loss, with the penalty of the weights. */
  Tensor penalised(Tensor loss) {
    Penalty penalty = settings.penalty();
    return penalty == null ? loss : loss.add(penalty.of(model.parameters()));
  }

  /** Takes up the gradients of a batch, and takes a step if it is time. */
  void add(Gradients gradients, int batchRecords) {
    if (settings.accumulate() == 1) {
      step(gradients);
      return;
    }
    Gradients weighed = gradients.map(gradient -> gradient.mul(batchRecords));
    sum = (sum == null ? weighed : sum.plus(weighed)).map(Workspace::keep);
    records += batchRecords;
    batches++;
    if (batches == settings.accumulate()) {
      finish();
    }
  }

  /** Takes a step with what is left, if anything is. */
  void finish() {
    if (sum != null) {
      double all = records;
      step(sum.map(gradient -> gradient.div(all)));
      sum = null;
      records = 0;
      batches = 0;
    }
  }

  private void step(Gradients gradients) {
    Schedule schedule = settings.schedule();
    if (schedule != null) {
      optimizer.learningRate(schedule.at(taken));
    }
    optimizer.step(clipped(gradients));
    taken++;
    MaxNorm maxNorm = settings.maxNorm();
    if (maxNorm != null) {
      maxNorm.apply(model.parameters());
    }
    WeightAverage average = settings.average();
    if (average != null) {
      average.update();
    }
  }

  private Gradients clipped(Gradients gradients) {
    Gradients clipped = gradients;
    if (settings.clipValue().isPresent()) {
      clipped = Clipping.byValue(clipped, settings.clipValue().getAsDouble());
    }
    if (settings.clipNorm().isPresent()) {
      clipped = Clipping.byNorm(clipped, settings.clipNorm().getAsDouble());
    }
    return clipped;
  }
}
