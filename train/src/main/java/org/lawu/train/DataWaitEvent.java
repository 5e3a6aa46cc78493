package org.lawu.train;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A wait for a batch in a recording of Flight Recorder. */
@Name("org.lawu.DataWait")
@Label("Data Wait")
@Category("Lawu")
@Description("The time that training stood still until the next batch was there")
@StackTrace(false)
final class DataWaitEvent extends Event {
  @Label("Epoch")
  int epoch;

  @Label("Steps before")
  @Description("The steps of this training before the one that waits")
  int stepsBefore;

  static Timing started() {
    var event = new DataWaitEvent();
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
