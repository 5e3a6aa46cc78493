package org.lawu.examples.golden;

import java.util.List;
import java.util.Locale;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.layer.TransformerEncoderLayer;
import org.lawu.tensor.Tensor;

/** Layers one after another, each under the name of its kind: {@code embedding}, {@code lstm}. */
final class NamedModel extends Layer {
  private final List<Layer> layers;

  NamedModel(List<Layer> layers) {
    this.layers = layers;
    layers.forEach(layer -> child(name(layer), layer));
  }

  private static String name(Layer layer) {
    return layer instanceof TransformerEncoderLayer
        ? "encoder"
        : layer.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    Tensor output = input;
    for (Layer layer : layers) {
      output = layer.forward(output, pass);
    }
    return output;
  }

  /** The last time step: {@code [n, t, dim]} to {@code [n, dim]}. */
  static final class LastStep extends Layer {
    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      return input.select(1, -1);
    }
  }

  /** The mean over time: {@code [n, t, dim]} to {@code [n, dim]}. */
  static final class MeanOverTime extends Layer {
    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      return input.mean(1);
    }
  }
}
