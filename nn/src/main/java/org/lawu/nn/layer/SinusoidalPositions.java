package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.lawu.error.FormatException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/**
 * Adds to each vector of a sequence waves that tell its position: {@code y[p, 2i] = x[p, 2i] +
 * sin(p / 10000^(2i / dim))}, {@code y[p, 2i + 1] = x[p, 2i + 1] + cos(p / 10000^(2i / dim))}.
 * Vaswani et al., "Attention is all you need" (NeurIPS 2017).
 *
 * <pre>{@code
 * var positions = new SinusoidalPositions(1024, 512);
 * Tensor y = positions.predict(Tensor.zeros(32, 20, 512));
 * }</pre>
 *
 * <p>Shapes: {@code [n, t, dim]} with {@code t} up to the length, kept. No parameters, and nothing
 * in saved models.
 */
public final class SinusoidalPositions extends Layer {
  private static final double BASE = 10_000;

  /** The numbers of the largest table that a config can ask for: 256 MB. */
  private static final int MOST_WRITTEN = 1 << 26;

  private final int length;
  private final int dim;
  private final Tensor waves;

  /**
   * For sequences up to a length.
   *
   * @throws org.lawu.error.ArgumentException if a number is below 1
   */
  public SinusoidalPositions(int length, int dim) {
    this.length = positive("sinusoidalPositions", "length", length);
    this.dim = positive("sinusoidalPositions", "dim", dim);
    float[] table = new float[Math.multiplyExact(length, dim)];
    for (int position = 0; position < length; position++) {
      for (int i = 0; i < dim; i++) {
        double angle = position / Math.pow(BASE, (double) (i - i % 2) / dim);
        table[position * dim + i] = (float) (i % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
      }
    }
    this.waves = Tensor.of(table, length, dim);
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    check("sinusoidalPositions", input, length, dim);
    return input.add(waves.slice(0, 0, input.size(1)).to(input.dtype()));
  }

  static void check(String layer, Tensor input, int length, int dim) {
    if (input.rank() != 3 || input.size(2) != dim || input.size(1) > length) {
      throw new ShapeException(
          "%s: input must be [batch, time, %d] with at most %d time steps, got %s"
              .formatted(layer, dim, length, input.shape()));
    }
  }

  @Override
  protected String description() {
    return "SinusoidalPositions(%d, %d)".formatted(length, dim);
  }

  @Override
  public Config config() {
    return Config.of("kind", "SinusoidalPositions").with("length", length).with("dim", dim);
  }

  /** The layer that {@link #config} describes. */
  public static SinusoidalPositions of(Config config) {
    int length = config.integer("length");
    int dim = config.integer("dim");
    // The table is not in the file, so that no weights speak for its size.
    if ((long) length * dim > MOST_WRITTEN) {
      throw new FormatException(
          "%s: a table of %d positions of %d numbers is too large; %d numbers are the most"
              .formatted(config.source(), length, dim, MOST_WRITTEN));
    }
    return new SinusoidalPositions(length, dim);
  }
}
