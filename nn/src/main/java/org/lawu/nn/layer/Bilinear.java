package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.initializer.Uniform;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * A bilinear map of two vectors: {@code y[o] = x1^T W[o] x2 + b[o]}, in which every number of one
 * meets every number of the other; PyTorch's {@code Bilinear}. Tenenbaum and Freeman, "Separating
 * style and content with bilinear models" (Neural Computation 2000).
 *
 * <pre>{@code
 * var bilinear = new Bilinear(20, 30, 40);
 * Tensor y = bilinear.forward(Tensor.zeros(128, 20), Tensor.zeros(128, 30), pass); // [128, 40]
 * }</pre>
 *
 * <p>Shapes: {@code [..., in1]} and {@code [..., in2]} to {@code [..., out]}. Parameters: {@code
 * weight [out, in1, in2]} and {@code bias [out]}, both uniform in {@code [-1/sqrt(in1),
 * 1/sqrt(in1))} at first.
 */
public final class Bilinear extends Layer {
  private final int in1;
  private final int in2;
  private final int out;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /**
   * From two vectors to one.
   *
   * @throws org.lawu.error.ArgumentException if a size is below 1
   */
  public Bilinear(int in1, int in2, int out) {
    this(in1, in2, out, true);
  }

  private Bilinear(int in1, int in2, int out, boolean biased) {
    this.in1 = positive("bilinear", "in1", in1);
    this.in2 = positive("bilinear", "in2", in2);
    this.out = positive("bilinear", "out", out);
    double bound = 1 / Math.sqrt(in1);
    var initial = new Uniform(-bound, bound);
    weight = parameter("weight", Shape.of(out, in1, in2), initial);
    bias = biased ? parameter("bias", Shape.of(out), initial) : null;
  }

  /**
   * Without a bias.
   *
   * @throws org.lawu.error.ArgumentException if a size is below 1
   */
  public static Bilinear withoutBias(int in1, int in2, int out) {
    return new Bilinear(in1, in2, out, false);
  }

  /**
   * Maps two vectors, or two equal arrangements of vectors.
   *
   * @param first {@code [..., in1]}
   * @param second {@code [..., in2]}
   * @return {@code [..., out]}
   * @throws ShapeException if the shapes do not fit
   */
  public Tensor forward(Tensor first, Tensor second, Pass pass) {
    return observed(pass, () -> map(first, second));
  }

  private Tensor map(Tensor first, Tensor second) {
    check("first", first, in1);
    check("second", second, in2);
    Shape rows = first.shape().slice(0, first.rank() - 1);
    if (!rows.equals(second.shape().slice(0, second.rank() - 1))) {
      throw new ShapeException(
          "bilinear: the inputs may differ in their last axis alone, got %s and %s"
              .formatted(first.shape(), second.shape()));
    }
    int count = rows.elements();
    // x1^T W for every output in one matrix product, then the inner products with x2.
    Tensor products = weight.value().permute(1, 0, 2).reshape(in1, out * in2);
    Tensor left = first.reshape(count, in1).matmul(products).reshape(count, out, in2);
    Tensor y = left.matmul(second.reshape(count, in2, 1)).reshape(rows.concat(Shape.of(out)));
    return bias == null ? y : y.add(bias.value());
  }

  private static void check(String which, Tensor input, int size) {
    if (input.rank() == 0 || input.size(-1) != size) {
      throw new ShapeException(
          "bilinear: the last axis of the %s input must be %d, got %s"
              .formatted(which, size, input.shape()));
    }
  }

  @Override
  public Bilinear initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "Bilinear(%d, %d, %d%s)".formatted(in1, in2, out, bias == null ? ", without bias" : "");
  }

  @Override
  public Config config() {
    return Config.of("kind", "Bilinear")
        .with("inputs1", in1)
        .with("inputs2", in2)
        .with("outputs", out)
        .with("bias", bias != null);
  }

  /** The layer that {@link #config} describes. */
  public static Bilinear of(Config config) {
    int in1 = config.integer("inputs1");
    int in2 = config.integer("inputs2");
    int out = config.integer("outputs");
    return config.truth("bias") ? new Bilinear(in1, in2, out) : withoutBias(in1, in2, out);
  }
}
