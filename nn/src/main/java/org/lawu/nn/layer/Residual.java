package org.lawu.nn.layer;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Layers;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * A layer that adds to its input instead of replacing it: {@code y = x + f(x)}, or {@code y = p(x)
 * + f(x)} with a projection where {@code f} changes the shape. He et al., "Deep residual learning
 * for image recognition" (CVPR 2016).
 *
 * <pre>{@code
 * var block = new Residual(Sequential.of(new LayerNorm(64), new Dense(64, 64), new Relu()));
 * var wider = new Residual(new Dense(64, 128), Dense.withoutBias(64, 128));
 * }</pre>
 *
 * <p>Shapes: whatever {@code f} takes; what is added must have one shape. Parameters: those of the
 * layers, under {@code body.*} and {@code projection.*}.
 */
public final class Residual extends Layer {
  private final Layer body;
  private final @Nullable Layer projection;

  /** {@code y = x + f(x)}. */
  public Residual(Layer body) {
    this.body = child("body", body);
    this.projection = null;
  }

  /** {@code y = p(x) + f(x)}. */
  public Residual(Layer body, Layer projection) {
    this.body = child("body", body);
    this.projection = child("projection", projection);
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    Tensor change = body.forward(input, pass);
    Tensor kept = projection == null ? input : projection.forward(input, pass);
    if (!kept.shape().equals(change.shape())) {
      throw new ShapeException(
          projection == null
              ? "residual: the body made %s of the input %s; give a projection to that shape"
                  .formatted(change.shape(), input.shape())
              : "residual: the body made %s of the input %s, the projection %s; they must agree"
                  .formatted(change.shape(), input.shape(), kept.shape()));
    }
    return kept.add(change);
  }

  @Override
  public Residual initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  public Config config() {
    Config config = Config.of("kind", "Residual").with("body", body.config());
    return projection == null ? config : config.with("projection", projection.config());
  }

  /** The layer that {@link #config} describes. */
  public static Residual of(Config config, Layers layers) {
    Layer body = layers.build(config.config("body"));
    return config.has("projection")
        ? new Residual(body, layers.build(config.config("projection")))
        : new Residual(body);
  }
}
