package org.lawu.examples.golden;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.optim.Adadelta;
import org.lawu.optim.Adagrad;
import org.lawu.optim.Adam;
import org.lawu.optim.AdamW;
import org.lawu.optim.Adamax;
import org.lawu.optim.Lion;
import org.lawu.optim.NAdam;
import org.lawu.optim.Optimizer;
import org.lawu.optim.RAdam;
import org.lawu.optim.RmsProp;
import org.lawu.optim.Sgd;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.ReferenceCase;
import org.lawu.testkit.ReferenceComparison;
import org.lawu.testkit.ReferenceHandler;
import org.lawu.testkit.ReferenceResult;
import org.lawu.testkit.ReferenceResult.NotCovered;

/**
 * The cases of kind {@code optimizer}: from {@code param.0}, the gradients {@code grad.K} lead to
 * the values {@code value.K}.
 */
final class OptimizerCases implements ReferenceHandler {

  @Override
  public ReferenceResult run(ReferenceCase reference) {
    String kind = reference.description().string("optimizer");
    Optimizer optimizer = optimizer(kind, reference.description().object("config"));
    if (optimizer == null) {
      return new NotCovered("no optimizer " + kind);
    }
    var parameter = new Parameter("weight", reference.tensor("param.0"));
    var comparison = new ReferenceComparison(reference);
    List<Tensor> gradients = reference.tensors("grad");
    for (int step = 0; step < gradients.size(); step++) {
      // The gradient of sum(w * g) with respect to w is g.
      optimizer.step(parameter.value().mul(gradients.get(step)).sum().backward());
      comparison.agrees("value." + step, parameter.value());
    }
    return comparison.result();
  }

  private static @Nullable Optimizer optimizer(String kind, JsonObject config) {
    double rate = config.number("lr");
    double decay = number(config, "weightDecay", 0);
    boolean amsgrad = truth(config, "amsgrad");
    return switch (kind) {
      case "Sgd" -> {
        var sgd =
            new Sgd(rate)
                .momentum(number(config, "momentum", 0))
                .dampening(number(config, "dampening", 0))
                .weightDecay(decay);
        yield truth(config, "nesterov") ? sgd.nesterov() : sgd;
      }
      case "Adam" -> {
        var adam =
            new Adam(rate)
                .betas(number(config, "beta1", 0.9), number(config, "beta2", 0.999))
                .epsilon(number(config, "epsilon", 1e-8))
                .weightDecay(decay);
        yield amsgrad ? adam.amsgrad() : adam;
      }
      case "AdamW" -> {
        var adam =
            new AdamW(rate)
                .betas(number(config, "beta1", 0.9), number(config, "beta2", 0.999))
                .epsilon(number(config, "epsilon", 1e-8))
                .weightDecay(number(config, "weightDecay", 0.01));
        yield amsgrad ? adam.amsgrad() : adam;
      }
      case "RmsProp" -> {
        var rmsProp =
            new RmsProp(rate)
                .alpha(number(config, "alpha", 0.99))
                .epsilon(number(config, "epsilon", 1e-8))
                .momentum(number(config, "momentum", 0))
                .weightDecay(decay);
        yield truth(config, "centered") ? rmsProp.centered() : rmsProp;
      }
      case "NAdam" -> {
        // The cases were computed by a PyTorch before 2.0, which counts a momentum twice.
        var adam =
            new NAdam(rate)
                .betas(number(config, "beta1", 0.9), number(config, "beta2", 0.999))
                .epsilon(number(config, "epsilon", 1e-8))
                .momentumDecay(number(config, "momentumDecay", 4e-3))
                .repeatingMomentum();
        yield truth(config, "decoupledWeightDecay")
            ? adam.decoupledWeightDecay(decay)
            : adam.weightDecay(decay);
      }
      case "RAdam" -> {
        var adam =
            new RAdam(rate)
                .betas(number(config, "beta1", 0.9), number(config, "beta2", 0.999))
                .epsilon(number(config, "epsilon", 1e-8));
        yield truth(config, "decoupledWeightDecay")
            ? adam.decoupledWeightDecay(decay)
            : adam.weightDecay(decay);
      }
      case "Adamax" ->
          new Adamax(rate)
              .betas(number(config, "beta1", 0.9), number(config, "beta2", 0.999))
              .epsilon(number(config, "epsilon", 1e-8))
              .weightDecay(decay);
      case "Adagrad" ->
          new Adagrad(rate)
              .epsilon(number(config, "epsilon", 1e-10))
              .weightDecay(decay)
              .learningRateDecay(number(config, "learningRateDecay", 0))
              .initialAccumulator(number(config, "initialAccumulator", 0));
      case "Adadelta" ->
          new Adadelta(rate)
              .rho(number(config, "rho", 0.9))
              .epsilon(number(config, "epsilon", 1e-6))
              .weightDecay(decay);
      case "Lion" ->
          new Lion(rate)
              .betas(number(config, "beta1", 0.9), number(config, "beta2", 0.99))
              .weightDecay(decay);
      default -> null;
    };
  }

  private static double number(JsonObject config, String name, double otherwise) {
    return config.has(name) ? config.number(name) : otherwise;
  }

  private static boolean truth(JsonObject config, String name) {
    return config.has(name) && config.truth(name);
  }
}
