package org.lawu.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.lawu.error.FormatException;
import org.lawu.error.IndexException;
import org.lawu.io.Config;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/**
 * Layers one after another, each taking the output of the one before. They are named {@code 0},
 * {@code 1} and so on, as in PyTorch's {@code torch.nn.Sequential}.
 *
 * <pre>{@code
 * var model = Sequential.of(new Dense(4, 64), new Relu(), new Dense(64, 3));
 * Tensor logits = model.predict(Tensor.of(5.1f, 3.5f, 1.4f, 0.2f).unsqueeze(0));
 * }</pre>
 *
 * <p>{@link #input} writes the same down without the sizes that follow from one another:
 *
 * <pre>{@code
 * var model = Sequential.input(784).dense(128).relu().dropout(0.2).dense(10).build();
 * }</pre>
 *
 * <p>In the run of a {@link Workspace}, the output of a layer is given back once the next layer has
 * read it, unless gradients need it. A {@code Conv2d} with a bias and a {@code Relu} after it are
 * computed in one pass over the result.
 *
 * <p>To teach a trained model something else, freeze it and give it another head; both models share
 * the layers before it:
 *
 * <pre>{@code
 * trained.freeze();
 * Sequential other = trained.replace(-1, new Dense(128, 3));
 * }</pre>
 */
public final class Sequential extends Layer {
  private final List<Layer> layers;

  /** The same with two layers as one where one of them knows how. */
  private final List<BiFunction<Tensor, Pass, Tensor>> steps;

  private Sequential(List<Layer> layers) {
    this.layers = layers;
    this.steps = steps(layers);
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

  /**
   * Begins a chain whose layers find out the sizes of their inputs; see {@link SequentialBuilder}.
   *
   * @param sizes of one FLOAT32 example, without the batch: {@code input(1, 28, 28)}
   * @throws org.lawu.error.ArgumentException if a size is below 1
   */
  public static SequentialBuilder input(int... sizes) {
    return SequentialBuilder.from(DType.FLOAT32, sizes);
  }

  /**
   * Begins a chain that takes INT32 tokens.
   *
   * @param length the number of tokens of an example; the model takes other numbers too, if its
   *     layers do
   * @throws org.lawu.error.ArgumentException if the length is below 1
   */
  public static SequentialBuilder tokens(int length) {
    return SequentialBuilder.from(DType.INT32, length);
  }

  /** The layers in their order. */
  public List<Layer> layers() {
    return layers;
  }

  /**
   * The same chain with one layer replaced: another model, which shares all other layers with this
   * one. This one stays as it is.
   *
   * @param index the position, from 0; negative ones count from the end
   * @throws IndexException if there is no layer at the position
   */
  public Sequential replace(int index, Layer layer) {
    int at = index < 0 ? index + layers.size() : index;
    if (at < 0 || at >= layers.size()) {
      throw new IndexException(
          "replace: there is no layer %d among %d".formatted(index, layers.size()));
    }
    List<Layer> others = new ArrayList<>(layers);
    others.set(at, layer);
    return Sequential.of(others);
  }

  private static List<BiFunction<Tensor, Pass, Tensor>> steps(List<Layer> layers) {
    List<BiFunction<Tensor, Pass, Tensor>> steps = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      var fused = i + 1 < layers.size() ? layer.fused(layers.get(i + 1)) : null;
      steps.add(fused == null ? layer::forward : fused);
      i += fused == null ? 0 : 1;
    }
    return List.copyOf(steps);
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return pass.isObserved()
        ? Workspace.tidy(input, layers, (x, layer) -> layer.forward(x, pass))
        : Workspace.tidy(input, steps, (x, step) -> step.apply(x, pass));
  }

  @Override
  public Sequential initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  /** A layer that occurs again is written as {@code {"same": position of the first}}. */
  @Override
  public Config config() {
    List<Config> parts = new ArrayList<>();
    for (Layer layer : layers) {
      int first = layers.indexOf(layer);
      parts.add(first < parts.size() ? Config.empty().with("same", first) : layer.config());
    }
    return Config.of("kind", "Sequential").withList("layers", parts);
  }

  /** The chain that {@link #config} describes. */
  public static Sequential of(Config config, Layers kinds) {
    List<Layer> layers = new ArrayList<>();
    for (Config part : config.configs("layers")) {
      layers.add(part.has("same") ? earlier(part, layers) : kinds.build(part));
    }
    return new Sequential(List.copyOf(layers));
  }

  private static Layer earlier(Config part, List<Layer> layers) {
    int index = part.integer("same");
    if (index < 0 || index >= layers.size()) {
      throw new FormatException(
          "%s: \"same\" must be the position of a layer before, got %d"
              .formatted(part.source(), index));
    }
    return layers.get(index);
  }
}
