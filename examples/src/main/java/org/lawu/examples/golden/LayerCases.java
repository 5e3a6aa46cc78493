package org.lawu.examples.golden;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Embedding;
import org.lawu.random.Philox;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.ReferenceCase;
import org.lawu.testkit.ReferenceComparison;
import org.lawu.testkit.ReferenceHandler;
import org.lawu.testkit.ReferenceResult;
import org.lawu.testkit.ReferenceResult.NotCovered;

/**
 * The cases of kind {@code layer}: with the parameters {@code param.NAME} the layer turns {@code
 * in.0} into {@code out.0}; {@code grad.in.0} and {@code grad.param.NAME} are the gradients of
 * {@code sum(out * cot)}.
 */
final class LayerCases implements ReferenceHandler {
  private static final double RELATIVE = 1e-5;

  /** Gradients of parameters are sums over the batch, of terms around 1 that nearly cancel out. */
  private static final double ABSOLUTE = 1e-5;

  @Override
  public ReferenceResult run(ReferenceCase reference) {
    String kind = reference.description().string("layer");
    ReferenceResult sequence = SequenceCases.run(reference);
    if (sequence != null) {
      return sequence;
    }
    Layer layer = layer(kind, reference.description().object("config"));
    if (layer == null) {
      return new NotCovered("no layer " + kind);
    }
    layer
        .namedParameters()
        .forEach((name, parameter) -> {
          if (parameter.isTrainable()) {
            parameter.set(reference.tensor("param." + name));
          } else if (reference.tensors().containsKey("buffer." + name)) {
            parameter.set(reference.tensor("buffer." + name));
          }
        });
    Tensor given = reference.tensor("in.0");
    Tensor input = given.dtype().isFloating() ? given.withGradient() : given;
    Pass pass =
        reference.description().truth("train") ? Pass.training(new Philox(1)) : Pass.inference();
    Tensor out = layer.forward(input, pass);
    var comparison = new ReferenceComparison(reference, RELATIVE, ABSOLUTE).agrees("out.0", out);
    Gradients gradients = out.mul(reference.tensor("cot.0")).sum().backward();
    if (input.isTracked()) {
      comparison.agrees("grad.in.0", gradients.of(input));
    }
    layer
        .namedParameters()
        .forEach((name, parameter) -> {
          if (parameter.isTrainable()) {
            comparison.agrees("grad.param." + name, gradients.of(parameter));
          } else if (reference.tensors().containsKey("after." + name)) {
            comparison.agrees("after." + name, parameter.value());
          }
        });
    return comparison.result();
  }

  private static @Nullable Layer layer(String kind, JsonObject config) {
    return switch (kind) {
      case "Dense" ->
          config.truth("bias")
              ? new Dense(config.integer("in"), config.integer("out"))
              : Dense.withoutBias(config.integer("in"), config.integer("out"));
      case "Embedding" ->
          config.has("paddingIndex")
              ? new Embedding(
                  config.integer("count"), config.integer("dim"), config.integer("paddingIndex"))
              : new Embedding(config.integer("count"), config.integer("dim"));
      default -> ImageLayers.layer(kind, config);
    };
  }
}
