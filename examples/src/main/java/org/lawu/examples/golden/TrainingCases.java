package org.lawu.examples.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Conv2d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Flatten;
import org.lawu.nn.layer.MaxPool2d;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.nn.loss.Loss;
import org.lawu.optim.Adam;
import org.lawu.optim.Optimizer;
import org.lawu.optim.Sgd;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.ReferenceCase;
import org.lawu.testkit.ReferenceComparison;
import org.lawu.testkit.ReferenceHandler;
import org.lawu.testkit.ReferenceResult;
import org.lawu.testkit.ReferenceResult.NotCovered;

/**
 * The cases of kind {@code training}: from the parameters {@code param.NAME}, a step on each batch
 * {@code x.K}, {@code y.K} with the loss {@code losses[K]} leads to {@code final.NAME}. The model
 * is described in words, such as {@code Dense(12,16) ReLU Dense(16,4)}.
 */
final class TrainingCases implements ReferenceHandler {
  private static final double LOSS_TOLERANCE = 1e-5;
  private static final double PARAMETER_TOLERANCE = 1e-4;
  private static final Pattern LAYER = Pattern.compile("(\\w+)(?:\\(([^)]*)\\))?\\s*");
  private static final Pattern ADAM = Pattern.compile("Adam\\(([0-9.e-]+)\\)");
  private static final Pattern SGD =
      Pattern.compile("Sgd\\(([0-9.e-]+)(?:, momentum ([0-9.e-]+))?\\)");

  @Override
  public ReferenceResult run(ReferenceCase reference) {
    Layer model = model(reference.description().string("model"));
    Optimizer optimizer = optimizer(reference.description().string("optimizer"));
    Loss loss = loss(reference.description().string("loss"));
    if (model == null || optimizer == null || loss == null) {
      return new NotCovered("no model " + reference.description().string("model"));
    }
    model
        .namedParameters()
        .forEach((name, parameter) -> parameter.set(reference.tensor("param." + name)));
    double[] losses = reference.description().numbers("losses");
    var lossComparison = new ReferenceComparison(reference, LOSS_TOLERANCE, 0);
    Pass pass = Pass.training(new Philox(1));
    for (int step = 0; step < losses.length; step++) {
      Tensor output = model.forward(reference.tensor("x." + step), pass);
      Tensor value = loss.of(output, reference.tensor("y." + step));
      optimizer.step(value.backward());
      lossComparison.agrees("losses[" + step + "]", value.item(), losses[step]);
    }
    if (lossComparison.result() instanceof ReferenceResult.Failed failed) {
      return failed;
    }
    var comparison =
        new ReferenceComparison(reference, PARAMETER_TOLERANCE, PARAMETER_TOLERANCE / 10);
    model
        .namedParameters()
        .forEach((name, parameter) -> comparison.agrees("final." + name, parameter.value()));
    return comparison.result();
  }

  /** The model in words, or null if a word is unknown. */
  private static @Nullable Layer model(String words) {
    List<Layer> layers = new ArrayList<>();
    Matcher matcher = LAYER.matcher(words);
    int end = 0;
    while (matcher.lookingAt()) {
      Layer layer = layer(matcher.group(1), matcher.group(2));
      if (layer == null) {
        return null;
      }
      layers.add(layer);
      end = matcher.end();
      matcher.region(end, words.length());
    }
    return end == words.length() ? Sequential.of(layers) : null;
  }

  private static @Nullable Layer layer(String name, @Nullable String arguments) {
    String[] numbers = arguments == null ? new String[0] : arguments.split(",", -1);
    return switch (name) {
      case "Dense" -> new Dense(integer(numbers[0]), integer(numbers[1]));
      case "ReLU" -> new Relu();
      case "Conv2d" -> new Conv2d(integer(numbers[0]), integer(numbers[1]), integer(numbers[2]));
      case "MaxPool2d" -> new MaxPool2d(integer(numbers[0]));
      case "Flatten" -> new Flatten();
      default -> null;
    };
  }

  private static int integer(String text) {
    return Integer.parseInt(text.strip());
  }

  private static @Nullable Optimizer optimizer(String words) {
    Matcher adam = ADAM.matcher(words);
    if (adam.matches()) {
      return new Adam(Double.parseDouble(adam.group(1)));
    }
    Matcher sgd = SGD.matcher(words);
    if (sgd.matches()) {
      double momentum = sgd.group(2) == null ? 0 : Double.parseDouble(sgd.group(2));
      return new Sgd(Double.parseDouble(sgd.group(1))).momentum(momentum);
    }
    return null;
  }

  private static @Nullable Loss loss(String words) {
    return words.equals("sparse cross-entropy from logits, mean") ? new CrossEntropy() : null;
  }
}
