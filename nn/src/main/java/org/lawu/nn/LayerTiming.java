package org.lawu.nn;

import java.util.function.Supplier;
import org.lawu.tensor.Tensor;

/** Times layers for Flight Recorder, where the runtime has it. */
final class LayerTiming {
  /** A runtime image may be without the module; nothing may then refer to its classes. */
  private static final boolean FLIGHT_RECORDER =
      ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private LayerTiming() {}

  /** Runs the computation of a layer; without a recording that costs nothing more. */
  static Tensor timed(Layer layer, Pass pass, Supplier<Tensor> computation) {
    return FLIGHT_RECORDER ? LayerEvent.timed(layer, pass, computation) : computation.get();
  }
}
