package org.lawu.nn.layer;

import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/**
 * Turns pairs of numbers by angles that grow with the position, so that the product of a query and
 * a key depends on how far apart they are: at position {@code p}, pair {@code i} of {@code d / 2}
 * turns by {@code a = p base^(-2 i / d)}, {@code (x, y)} becoming {@code (x cos a - y sin a, x sin
 * a + y cos a)}. Su et al., "RoFormer: enhanced Transformer with rotary position embedding" (2021).
 *
 * <pre>{@code
 * var options = AttentionOptions.standard().rotary(RotaryPositions.interleaved());
 * var attention = new MultiHeadAttention(512, 8, options);
 * }</pre>
 *
 * <p>Shapes: {@code [..., t, d]} with an even {@code d}, kept. No parameters. Which numbers are a
 * pair is a convention of the weights: the paper and Llama's own code take neighbours ({@link
 * #interleaved}), GPT-NeoX and the Llama weights of Hugging Face take number {@code i} and number
 * {@code i + d / 2} ({@link #halves}).
 */
public final class RotaryPositions extends Layer {
  private static final double BASE = 10_000;

  private final boolean isInterleaved;
  private final double base;

  private RotaryPositions(boolean isInterleaved, double base) {
    if (!(base > 1 && base < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          "rotaryPositions: the base must be above 1, got %s; 10000 is usual".formatted(base));
    }
    this.isInterleaved = isInterleaved;
    this.base = base;
  }

  /** With pairs of neighbours, {@code 2 i} and {@code 2 i + 1}, and base 10,000. */
  public static RotaryPositions interleaved() {
    return new RotaryPositions(true, BASE);
  }

  /** With pairs {@code i} and {@code i + d / 2}, and base 10,000. */
  public static RotaryPositions halves() {
    return new RotaryPositions(false, BASE);
  }

  /**
   * With another base; a larger one turns more slowly, for longer sequences.
   *
   * @throws ArgumentException if it is not above 1
   */
  public RotaryPositions base(double newBase) {
    return new RotaryPositions(isInterleaved, newBase);
  }

  /** Turns a sequence that begins at position 0. */
  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return rotate(input, 0);
  }

  /**
   * Turns a sequence that continues another.
   *
   * @param input {@code [..., t, d]}
   * @param start the position of its first step
   * @throws ShapeException if {@code d} is odd or there is no time
   * @throws DTypeException if the type is not floating
   * @throws ArgumentException if the start is negative
   */
  public Tensor rotate(Tensor input, int start) {
    check(input, start);
    int steps = input.size(-2);
    int pairs = input.size(-1) / 2;
    double[] cosines = new double[steps * pairs];
    double[] sines = new double[steps * pairs];
    for (int i = 0; i < pairs; i++) {
      double speed = Math.pow(base, -(double) i / pairs);
      for (int step = 0; step < steps; step++) {
        double angle = (start + step) * speed;
        cosines[step * pairs + i] = Math.cos(angle);
        sines[step * pairs + i] = Math.sin(angle);
      }
    }
    Tensor cosine = Tensor.of(cosines, steps, pairs).to(input.dtype());
    Tensor sine = Tensor.of(sines, steps, pairs).to(input.dtype());
    return Workspace.tidy(() ->
        isInterleaved ? turnNeighbours(input, cosine, sine) : turnHalves(input, cosine, sine));
  }

  private static Tensor turnNeighbours(Tensor input, Tensor cosine, Tensor sine) {
    int pairs = input.size(-1) / 2;
    Shape paired = input.shape().slice(0, input.rank() - 1).concat(Shape.of(pairs, 2));
    Tensor all = input.reshape(paired);
    Tensor x = all.select(-1, 0);
    Tensor y = all.select(-1, 1);
    Tensor turned =
        Tensor.stack(-1, x.mul(cosine).sub(y.mul(sine)), x.mul(sine).add(y.mul(cosine)));
    return turned.reshape(input.shape());
  }

  private static Tensor turnHalves(Tensor input, Tensor cosine, Tensor sine) {
    int pairs = input.size(-1) / 2;
    Tensor x = input.slice(-1, 0, pairs);
    Tensor y = input.slice(-1, pairs, 2 * pairs);
    return Tensor.concat(-1, x.mul(cosine).sub(y.mul(sine)), x.mul(sine).add(y.mul(cosine)));
  }

  private static void check(Tensor input, int start) {
    if (!input.dtype().isFloating()) {
      throw new DTypeException(
          "rotaryPositions: needs FLOAT32 or FLOAT64, got %s %s; convert with .to(DType.FLOAT32)"
              .formatted(input.dtype(), input.shape()));
    }
    if (input.rank() < 2 || input.size(-1) % 2 != 0) {
      throw new ShapeException(
          "rotaryPositions: input must be [..., time, d] with an even d, got %s"
              .formatted(input.shape()));
    }
    if (start < 0) {
      throw new ArgumentException(
          "rotaryPositions: the start must not be negative, got %d".formatted(start));
    }
  }

  @Override
  protected String description() {
    return "RotaryPositions(%s, base %s)".formatted(isInterleaved ? "interleaved" : "halves", base);
  }

  @Override
  public Config config() {
    return Config.of("kind", "RotaryPositions")
        .with("interleaved", isInterleaved)
        .with("base", base);
  }

  /** The layer that {@link #config} describes. */
  public static RotaryPositions of(Config config) {
    return new RotaryPositions(config.truth("interleaved"), config.number("base"));
  }
}
