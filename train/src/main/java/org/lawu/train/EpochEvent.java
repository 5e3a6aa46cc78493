package org.lawu.train;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An epoch in a recording of Flight Recorder. */
@Name("org.lawu.Epoch")
@Label("Epoch")
@Category("Lawu")
@Description("An epoch of a training, its validation included")
@StackTrace(false)
final class EpochEvent extends Event {
  @Label("Epoch")
  int epoch;

  @Label("Steps")
  @Description("The steps of this training so far")
  int steps;

  @Label("Loss")
  double loss;

  static Timing started() {
    var event = new EpochEvent();
    event.begin();
    return event::finished;
  }

  private void finished(Training training) {
    end();
    if (shouldCommit()) {
      epoch = training.epoch();
      steps = training.steps();
      loss = training.values().getOrDefault(Evaluation.LOSS, Double.NaN);
      commit();
    }
  }
}
