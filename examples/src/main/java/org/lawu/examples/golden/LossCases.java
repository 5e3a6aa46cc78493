package org.lawu.examples.golden;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.nn.loss.BinaryCrossEntropy;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.nn.loss.Hinge;
import org.lawu.nn.loss.Huber;
import org.lawu.nn.loss.KullbackLeibler;
import org.lawu.nn.loss.LogCosh;
import org.lawu.nn.loss.Loss;
import org.lawu.nn.loss.MeanAbsoluteError;
import org.lawu.nn.loss.MeanSquaredError;
import org.lawu.nn.loss.NegativeLogLikelihood;
import org.lawu.nn.loss.PoissonNll;
import org.lawu.nn.loss.Reduction;
import org.lawu.nn.loss.SquaredHinge;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.ReferenceCase;
import org.lawu.testkit.ReferenceComparison;
import org.lawu.testkit.ReferenceHandler;
import org.lawu.testkit.ReferenceResult;
import org.lawu.testkit.ReferenceResult.NotCovered;

/**
 * The cases of kind {@code loss}: {@code out} is the loss of the prediction {@code in.0} and the
 * target {@code in.1}, and {@code grad.0} the gradient of {@code sum(out * cot)}.
 */
final class LossCases implements ReferenceHandler {

  @Override
  public ReferenceResult run(ReferenceCase reference) {
    Loss loss = loss(reference);
    if (loss == null) {
      return new NotCovered("no loss " + reference.description().string("loss"));
    }
    Tensor prediction = reference.tensor("in.0").withGradient();
    Tensor out = loss.of(prediction, reference.tensor("in.1"));
    Tensor gradient = out.mul(reference.tensor("cot")).sum().backward().of(prediction);
    return new ReferenceComparison(reference)
        .agrees("out", out)
        .agrees("grad.0", gradient)
        .result();
  }

  private static @Nullable Loss loss(ReferenceCase reference) {
    JsonObject config = reference.description().object("config");
    Reduction reduction = reduction(reference.description().string("reduction"));
    return switch (reference.description().string("loss")) {
      case "MeanSquaredError" -> new MeanSquaredError(reduction);
      case "MeanAbsoluteError" -> new MeanAbsoluteError(reduction);
      case "Huber" -> new Huber(config.number("delta"), reduction);
      case "BinaryCrossEntropy" -> {
        var fromLogits = new BinaryCrossEntropy().reduction(reduction);
        yield config.truth("fromLogits") ? fromLogits : fromLogits.fromProbabilities();
      }
      case "CrossEntropy" -> crossEntropy(reference, config).reduction(reduction);
      case "NegativeLogLikelihood" -> new NegativeLogLikelihood().reduction(reduction);
      case "KullbackLeibler" ->
          new KullbackLeibler(
              config.has("meanOver") && !config.string("meanOver").equals("batch"), reduction);
      case "Hinge" -> new Hinge(reduction);
      case "SquaredHinge" -> new SquaredHinge(reduction);
      case "PoissonNll" ->
          new PoissonNll(!config.has("logInput") || config.truth("logInput"), reduction);
      case "LogCosh" -> new LogCosh(reduction);
      default -> null;
    };
  }

  private static CrossEntropy crossEntropy(ReferenceCase reference, JsonObject config) {
    var loss = new CrossEntropy();
    if (reference.tensors().containsKey("weight")) {
      loss = loss.classWeights(reference.tensor("weight"));
    }
    if (config.has("labelSmoothing")) {
      loss = loss.labelSmoothing(config.number("labelSmoothing"));
    }
    if (config.has("ignoreIndex")) {
      loss = loss.ignoreIndex(config.integer("ignoreIndex"));
    }
    return loss;
  }

  private static Reduction reduction(String name) {
    return switch (name) {
      case "mean" -> Reduction.MEAN;
      case "sum" -> Reduction.SUM;
      case "none" -> Reduction.NONE;
      default -> throw new IllegalArgumentException("unknown reduction " + name);
    };
  }
}
