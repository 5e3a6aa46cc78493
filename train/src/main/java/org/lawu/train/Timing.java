package org.lawu.train;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Batch;

/** Times a part of a training for Flight Recorder, where the runtime has it. */
@FunctionalInterface
interface Timing {
  /** A runtime image may be without the module; nothing may then refer to its classes. */
  boolean FLIGHT_RECORDER = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  /** What is timed is over. */
  void end(Training training);

  /** Begins to time an epoch. */
  static Timing ofEpoch() {
    return FLIGHT_RECORDER ? EpochEvent.started() : _ -> {};
  }

  /** Begins to time the forward and backward pass of a batch, and the optimizer's step if due. */
  static Timing ofStep(Batch batch) {
    return FLIGHT_RECORDER ? StepEvent.started(batch) : _ -> {};
  }

  /**
   * The same batches; how long each was waited for is timed, whether it is waited for when asked
   * for or when asked whether there is one.
   */
  static Iterator<Batch> ofWaits(Iterator<Batch> batches, Training training) {
    return FLIGHT_RECORDER ? timed(batches, training) : batches;
  }

  private static Iterator<Batch> timed(Iterator<Batch> batches, Training training) {
    return new Iterator<>() {
      private @Nullable Timing wait;

      @Override
      public boolean hasNext() {
        if (wait == null) {
          wait = DataWaitEvent.started();
        }
        return batches.hasNext();
      }

      @Override
      public Batch next() {
        Timing begun = wait == null ? DataWaitEvent.started() : wait;
        wait = null;
        Batch batch = batches.next();
        begun.end(training);
        return batch;
      }
    };
  }
}
