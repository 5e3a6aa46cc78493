package org.lawu.nn;

import java.util.function.Supplier;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.lawu.tensor.Tensor;

/**
 * A forward pass through a layer, in a recording of Flight Recorder that asks for them. Layers that
 * run as one ({@link Layer#fused}) are one event, of the first.
 */
@Name("org.lawu.Layer")
@Label("Layer")
@Category("Lawu")
@Description("A forward pass through a layer, those of the layers inside included")
@Enabled(false)
@StackTrace(false)
final class LayerEvent extends Event {
  @Label("Place")
  @Description("The name in the model, such as encoder.0.linear1; empty for the model itself")
  String place = "";

  @Label("Layer")
  String layer = "";

  @Label("Output")
  @Description("The shape of the output")
  String output = "";

  @Label("Training")
  boolean training;

  static Tensor timed(Layer layer, Pass pass, Supplier<Tensor> computation) {
    var event = new LayerEvent();
    if (!event.isEnabled()) {
      return computation.get();
    }
    event.begin();
    Tensor output = computation.get();
    event.end();
    if (event.shouldCommit()) {
      event.place = layer.place();
      event.layer = layer.line();
      event.output = output.shape().toString();
      event.training = pass.isTraining();
      event.commit();
    }
    return output;
  }
}
