package org.lawu.nn;

import java.util.function.Supplier;
import jdk.jfr.FlightRecorder;
import org.lawu.tensor.Tensor;

/** Times layers for Flight Recorder, where the runtime has it. */
final class LayerTiming {
  /** A runtime image may be without the module; nothing may then refer to its classes. */
  private static final boolean FLIGHT_RECORDER =
      ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private LayerTiming() {}

  /**
   * Runs the computation of a layer; without a recording that costs nothing more. The class of the
   * event is not even loaded before Flight Recorder is in use: that would take a cold JVM a
   * noticeable part of the time to its first prediction.
   */
  static Tensor timed(Layer layer, Pass pass, Supplier<Tensor> computation) {
    return FLIGHT_RECORDER && FlightRecorder.isInitialized()
        ? LayerEvent.timed(layer, pass, computation)
        : computation.get();
  }
}
