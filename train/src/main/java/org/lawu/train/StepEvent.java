package org.lawu.train;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.lawu.data.Batch;

/** The work on a batch in a recording of Flight Recorder. */
@Name("org.lawu.Step")
@Label("Step")
@Category("Lawu")
@Description(
    "Forward and backward pass of a batch, and the optimizer's step unless batches accumulate")
@StackTrace(false)
final class StepEvent extends Event {
  @Label("Epoch")
  int epoch;

  @Label("Steps before")
  @Description("The steps of this training before the one that this batch is for")
  int stepsBefore;

  @Label("Records")
  @Description("The number of records of the batch")
  int records;

  static Timing started(Batch batch) {
    var event = new StepEvent();
    event.records = batch.size();
    event.begin();
    return event::finished;
  }

  private void finished(Training training) {
    end();
    if (shouldCommit()) {
      epoch = training.epoch();
      stepsBefore = training.steps();
      commit();
    }
  }
}
