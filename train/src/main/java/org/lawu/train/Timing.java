package org.lawu.train;

import java.util.Iterator;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Batch;

/**
 * Times a part of a training for Flight Recorder, where the runtime has it. The classes of the
 * events are not even loaded before it is in use: that would make the first training of a JVM wait.
 */
@FunctionalInterface
interface Timing {
  /** A runtime image may be without the module; nothing may then refer to its classes. */
  boolean FLIGHT_RECORDER = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  /** What is timed is over. */
  void end(Training training);

  /** Begins to time an epoch. */
  static Timing ofEpoch() {
    return isInUse() ? EpochEvent.started() : _ -> {};
  }

  /** Begins to time the forward and backward pass of a batch, and the optimizer's step if due. */
  static Timing ofStep(Batch batch) {
    return isInUse() ? StepEvent.started(batch) : _ -> {};
  }

  private static Timing ofWait() {
    return isInUse() ? DataWaitEvent.started() : _ -> {};
  }

  /** Asked each time, so that a recording that begins in the midst of a training is noticed. */
  private static boolean isInUse() {
    return FLIGHT_RECORDER && FlightRecorder.isInitialized();
  }

  /**
   * The same batches; how long each was waited for is timed, whether it is waited for when asked
   * for or when asked whether there is one.
   */
  static Iterator<Batch> ofWaits(Iterator<Batch> batches, Training training) {
    return new Iterator<>() {
      private @Nullable Timing wait;

      @Override
      public boolean hasNext() {
        if (wait == null) {
          wait = ofWait();
        }
        return batches.hasNext();
      }

      @Override
      public Batch next() {
        Timing begun = wait == null ? ofWait() : wait;
        wait = null;
        Batch batch = batches.next();
        begun.end(training);
        return batch;
      }
    };
  }
}
