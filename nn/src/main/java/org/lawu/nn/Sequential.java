package org.lawu.nn;

import java.util.List;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Layers one after another, each taking the output of the one before. They are named {@code 0},
 * {@code 1} and so on, as in PyTorch's {@code torch.nn.Sequential}.
 *
 * <pre>{@code
 * var model = Sequential.of(new Dense(4, 64), new Relu(), new Dense(64, 3));
 * Tensor logits = model.predict(Tensor.of(5.1f, 3.5f, 1.4f, 0.2f).unsqueeze(0));
 * }</pre>
 */
public final class Sequential extends Layer {
  private final List<Layer> layers;

  private Sequential(List<Layer> layers) {
    this.layers = layers;
    for (int i = 0; i < layers.size(); i++) {
      child(Integer.toString(i), layers.get(i));
    }
  }

  /** A chain of layers. The same layer may occur more than once; it then shares its parameters. */
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  /** A chain of layers. */
  public static Sequential of(List<? extends Layer> layers) {
    return new Sequential(List.copyOf(layers));
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    Tensor output = input;
    for (Layer layer : layers) {
      output = layer.forward(output, pass);
    }
    return output;
  }

  @Override
  public Sequential initialize(Philox random) {
    super.initialize(random);
    return this;
  }
}
