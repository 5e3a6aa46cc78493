package org.lawu.nn.model;

import static org.lawu.nn.model.Setting.positive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/**
 * A multilayer perceptron: dense layers with relu, and dropout if wanted, between them. Rumelhart,
 * Hinton and Williams, "Learning representations by back-propagating errors" (Nature 1986).
 *
 * <pre>{@code
 * var model = new Mlp(784, 256, 128, 10);
 * Tensor scores = model.predict(Tensor.zeros(32, 784)); // [32, 10]
 * }</pre>
 *
 * <p>Shapes: {@code [..., first size]} to {@code [..., last size]}; the last layer's numbers are
 * scores, for a loss that takes such. Parameters: {@code fc1.weight}, {@code fc1.bias}, {@code
 * fc2.weight} and so on ({@link Dense}).
 */
public final class Mlp extends Layer {
  private final int[] sizes;
  private final double rate;
  private final List<Dense> layers = new ArrayList<>();
  private final Dropout dropout;

  /**
   * Without dropout.
   *
   * @param sizes of the input, of the hidden layers if there are any, and of the output
   * @throws ArgumentException if there are fewer than two, or one is below 1
   */
  public Mlp(int... sizes) {
    this(sizes.clone(), 0);
  }

  private Mlp(int[] sizes, double rate) {
    if (sizes.length < 2) {
      throw new ArgumentException(
          "mlp: needs the sizes of input and output, and of what is between, got %s"
              .formatted(Arrays.toString(sizes)));
    }
    for (int size : sizes) {
      positive("mlp", "every size", size);
    }
    this.sizes = sizes;
    this.rate = rate;
    for (int i = 1; i < sizes.length; i++) {
      layers.add(child("fc" + i, new Dense(sizes[i - 1], sizes[i])));
    }
    this.dropout = new Dropout(rate);
  }

  /**
   * With dropout after each hidden layer.
   *
   * @param rate the share that training drops
   * @throws ArgumentException as the constructor, or if the rate is not at least 0 and below 1
   */
  public static Mlp withDropout(double rate, int... sizes) {
    return new Mlp(sizes.clone(), rate);
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    if (input.rank() == 0 || input.size(-1) != sizes[0]) {
      throw new ShapeException(
          "mlp: input must be [..., %d], got %s".formatted(sizes[0], input.shape()));
    }
    Tensor x =
        Workspace.tidy(
            input,
            layers.subList(0, layers.size() - 1),
            (y, layer) -> dropout.forward(layer.forward(y, pass).relu(), pass));
    return layers.getLast().forward(x, pass);
  }

  @Override
  public Mlp initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    String text =
        Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return "Mlp(%s%s)".formatted(text, rate == 0 ? "" : ", dropout " + rate);
  }

  @Override
  public Config config() {
    return Config.of("kind", "Mlp").with("sizes", sizes).with("dropout", rate);
  }

  /** The layer that {@link #config} describes. */
  public static Mlp of(Config config) {
    return new Mlp(config.integers("sizes"), config.number("dropout"));
  }
}
