package org.lawu.examples.golden;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.optim.schedule.Constant;
import org.lawu.optim.schedule.CosineAnnealing;
import org.lawu.optim.schedule.ExponentialDecay;
import org.lawu.optim.schedule.LinearWarmup;
import org.lawu.optim.schedule.MultiStep;
import org.lawu.optim.schedule.OneCycle;
import org.lawu.optim.schedule.Polynomial;
import org.lawu.optim.schedule.Schedule;
import org.lawu.optim.schedule.StepDecay;
import org.lawu.testkit.ReferenceCase;
import org.lawu.testkit.ReferenceComparison;
import org.lawu.testkit.ReferenceHandler;
import org.lawu.testkit.ReferenceResult;
import org.lawu.testkit.ReferenceResult.NotCovered;

/** The cases of kind {@code schedule}: {@code lr[K]} is the learning rate of step {@code K}. */
final class ScheduleCases implements ReferenceHandler {
  private static final double RELATIVE = 1e-9;
  private static final double ABSOLUTE = 1e-12;

  @Override
  public ReferenceResult run(ReferenceCase reference) {
    String kind = reference.description().string("schedule");
    Schedule schedule = schedule(kind, reference.description().object("config"));
    if (schedule == null) {
      return new NotCovered("no schedule " + kind);
    }
    var comparison = new ReferenceComparison(reference, RELATIVE, ABSOLUTE);
    double[] rates = reference.description().numbers("lr");
    for (int step = 0; step < rates.length; step++) {
      comparison.agrees("lr[" + step + "]", schedule.at(step), rates[step]);
    }
    return comparison.result();
  }

  private static @Nullable Schedule schedule(String kind, JsonObject config) {
    double base = config.number("base");
    return switch (kind) {
      case "Constant" -> new Constant(base);
      case "StepDecay" -> new StepDecay(base, config.integer("every"), config.number("gamma"));
      case "MultiStep" ->
          new MultiStep(base, config.number("gamma"), config.integers("milestones"));
      case "ExponentialDecay" -> new ExponentialDecay(base, config.number("gamma"));
      case "Polynomial" ->
          new Polynomial(
              base,
              config.integer("steps"),
              number(config, "power", 1),
              number(config, "minimum", 0));
      case "CosineAnnealing" ->
          new CosineAnnealing(base, config.integer("steps"), number(config, "minimum", 0));
      case "LinearWarmup" ->
          new LinearWarmup(base, config.integer("steps"), number(config, "startFactor", 1.0 / 3));
      case "OneCycle" ->
          new OneCycle(
              number(config, "max", base),
              config.integer("steps"),
              number(config, "warmupFraction", 0.3),
              number(config, "div", 25),
              number(config, "finalDiv", 1e4));
      default -> null;
    };
  }

  private static double number(JsonObject config, String name, double otherwise) {
    return config.has(name) ? config.number(name) : otherwise;
  }
}
