package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.initializer.Initializer;
import org.lawu.nn.initializer.Normal;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * A table of vectors, one for each token: {@code y = weight[x]}; PyTorch's {@code Embedding}.
 *
 * <pre>{@code
 * var embedding = new Embedding(10_000, 64, 0);
 * Tensor y = embedding.predict(Tensor.of(new int[] {17, 4, 0, 0}, 1, 4)); // [1, 4, 64]
 * }</pre>
 *
 * <p>Shapes: INT32 {@code [...]} to {@code [..., dim]}. Parameter: {@code weight [count, dim]},
 * standard normal at first. The row of the padding index, if there is one, starts as zeros and gets
 * no gradient, so that filling texts up to one length teaches the model nothing.
 */
public final class Embedding extends Layer {
  private static final int NO_PADDING = -1;

  private final int count;
  private final int dim;
  private final int paddingIndex;
  private final Parameter weight;

  /**
   * For the tokens 0 to {@code count - 1}.
   *
   * @param dim the length of each vector
   * @throws ArgumentException if one of them is below 1
   */
  public Embedding(int count, int dim) {
    this(count, dim, NO_PADDING, new Normal());
  }

  /**
   * With an initializer of your own, such as {@code new Normal(0, 0.02)}.
   *
   * @throws ArgumentException if a size is below 1
   */
  public Embedding(int count, int dim, Initializer initializer) {
    this(count, dim, NO_PADDING, initializer);
  }

  /**
   * With a token that only fills up.
   *
   * @throws ArgumentException if a size is below 1, or the padding index is not 0 to {@code count -
   *     1}
   */
  public Embedding(int count, int dim, int paddingIndex) {
    this(count, dim, checkedPadding(paddingIndex, count), new Normal());
  }

  private Embedding(int count, int dim, int paddingIndex, Initializer initializer) {
    this.count = positive("embedding", "count", count);
    this.dim = positive("embedding", "dim", dim);
    this.paddingIndex = paddingIndex;
    this.weight =
        parameter(
            "weight",
            Shape.of(count, dim),
            paddingIndex == NO_PADDING ? initializer : zeroRow(initializer, paddingIndex));
  }

  private static int checkedPadding(int paddingIndex, int count) {
    if (paddingIndex < 0 || paddingIndex >= positive("embedding", "count", count)) {
      throw new ArgumentException(
          "embedding: the padding index must be in 0 to %d, got %d"
              .formatted(count - 1, paddingIndex));
    }
    return paddingIndex;
  }

  private static Initializer zeroRow(Initializer initializer, int row) {
    return (shape, random) -> {
      Tensor isRow = Tensor.arange(shape.size(0)).equal(row).unsqueeze(-1);
      return Tensor.where(isRow, Tensor.scalar(0), initializer.initialize(shape, random));
    };
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    if (input.dtype() != DType.INT32) {
      throw new DTypeException(
          "embedding: tokens must be INT32, got %s %s; convert with .to(DType.INT32)"
              .formatted(input.dtype(), input.shape()));
    }
    Tensor rows = weight.value().indexSelect(0, input.reshape(-1));
    Tensor output = rows.reshape(input.shape().concat(Shape.of(dim)));
    if (paddingIndex == NO_PADDING || !output.isTracked()) {
      return output;
    }
    // The same values; but those of the padding are constants, and pass no gradient on.
    Tensor isPadding = input.equal(paddingIndex).unsqueeze(-1);
    return Tensor.where(isPadding, output.detach(), output);
  }

  @Override
  public Embedding initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return paddingIndex == NO_PADDING
        ? "Embedding(%d, %d)".formatted(count, dim)
        : "Embedding(%d, %d, padding %d)".formatted(count, dim, paddingIndex);
  }

  @Override
  public Config config() {
    Config config = Config.of("kind", "Embedding").with("count", count).with("dim", dim);
    return paddingIndex == NO_PADDING ? config : config.with("padding", paddingIndex);
  }

  /** The layer that {@link #config} describes. */
  public static Embedding of(Config config) {
    int count = config.integer("count");
    int dim = config.integer("dim");
    return config.has("padding")
        ? new Embedding(count, dim, config.integer("padding"))
        : new Embedding(count, dim);
  }
}
