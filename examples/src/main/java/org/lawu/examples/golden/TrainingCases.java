package org.lawu.examples.golden;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Conv2d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Embedding;
import org.lawu.nn.layer.Flatten;
import org.lawu.nn.layer.Gru;
import org.lawu.nn.layer.Lstm;
import org.lawu.nn.layer.MaxPool2d;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.layer.Rnn;
import org.lawu.nn.layer.TransformerEncoderLayer;
import org.lawu.nn.layer.TransformerOptions;
import org.lawu.nn.loss.BinaryCrossEntropy;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.nn.loss.Loss;
import org.lawu.optim.Adam;
import org.lawu.optim.AdamW;
import org.lawu.optim.Optimizer;
import org.lawu.optim.RmsProp;
import org.lawu.optim.Sgd;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Gradients;
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
  private static final double NOISE = 1e-6;
  private static final Pattern LAYER = Pattern.compile("(\\w+)(?:\\(([^)]*)\\))?\\s*");
  private static final Pattern OPTIMIZER =
      Pattern.compile(
          "(\\w+)\\(([0-9.e-]+)(?:, weight decay ([0-9.e-]+))?(?:, momentum ([0-9.e-]+))?\\)");
  private static final Pattern NUMBERED = Pattern.compile("param\\.\\d+\\..*");

  @Override
  public ReferenceResult run(ReferenceCase reference) {
    boolean numbered = reference.tensors().keySet().stream().anyMatch(NUMBERED.asMatchPredicate());
    Layer model = model(reference.description().string("model"), numbered);
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
    Map<String, Tensor> largest = new HashMap<>();
    for (int step = 0; step < losses.length; step++) {
      Tensor output = model.forward(reference.tensor("x." + step), pass);
      Tensor value = loss.of(output, reference.tensor("y." + step));
      Gradients gradients = value.backward();
      model
          .namedParameters()
          .forEach((name, parameter) ->
              largest.merge(name, gradients.of(parameter).abs(), Tensor::maximum));
      optimizer.step(gradients);
      lossComparison.agrees("losses[" + step + "]", value.item(), losses[step]);
    }
    if (lossComparison.result() instanceof ReferenceResult.Failed failed) {
      return failed;
    }
    var comparison =
        new ReferenceComparison(reference, PARAMETER_TOLERANCE, PARAMETER_TOLERANCE / 10);
    model
        .namedParameters()
        .forEach((name, parameter) -> {
          Tensor none = Tensor.zeros(parameter.shape(), DType.FLOAT32);
          Tensor gradient = Objects.requireNonNullElse(largest.get(name), none);
          Tensor noise = isNoise(gradient, largest.values());
          Tensor expected = reference.tensor("final." + name);
          comparison.agrees("final." + name, Tensor.where(noise, expected, parameter.value()));
        });
    return comparison.result();
  }

  /**
   * Where a gradient is 0 but for rounding at every step. The bias of attention's keys is such a
   * parameter: softmax cancels it. Adam divides a gradient by its own size, so what becomes of it
   * is rounding of the one or the other library, and cannot agree.
   */
  private static Tensor isNoise(Tensor gradient, Collection<Tensor> all) {
    double scale = all.stream().mapToDouble(each -> each.max().item()).max().orElse(0);
    return gradient.greater(0).and(gradient.less(NOISE * scale));
  }

  /**
   * The model in words, or null if a word is unknown.
   *
   * @param numbered whether its layers go by number, and not by the name of their kind
   */
  private static @Nullable Layer model(String description, boolean numbered) {
    String words =
        description.replace("last step", "LastStep").replace("mean over time", "MeanOverTime");
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
    if (end != words.length()) {
      return null;
    }
    return numbered ? Sequential.of(layers) : new NamedModel(layers);
  }

  private static @Nullable Layer layer(String name, @Nullable String arguments) {
    String[] numbers = arguments == null ? new String[0] : arguments.split(",", -1);
    return switch (name) {
      case "Dense" -> new Dense(integer(numbers[0]), integer(numbers[1]));
      case "ReLU" -> new Relu();
      case "Conv2d" -> new Conv2d(integer(numbers[0]), integer(numbers[1]), integer(numbers[2]));
      case "MaxPool2d" -> new MaxPool2d(integer(numbers[0]));
      case "Flatten" -> new Flatten();
      case "Embedding" -> new Embedding(integer(numbers[0]), integer(numbers[1]));
      case "Rnn" -> new Rnn(integer(numbers[0]), integer(numbers[1]));
      case "Lstm" -> new Lstm(integer(numbers[0]), integer(numbers[1]));
      case "Gru" -> new Gru(integer(numbers[0]), integer(numbers[1]));
      case "TransformerEncoderLayer" -> encoder(numbers);
      case "LastStep" -> new NamedModel.LastStep();
      case "MeanOverTime" -> new NamedModel.MeanOverTime();
      default -> null;
    };
  }

  private static Layer encoder(String[] words) {
    var options = TransformerOptions.standard().dropout(0);
    for (String word : words) {
      switch (word.strip()) {
        case "gelu" -> options = options.gelu();
        case "pre-norm" -> options = options.normFirst();
        default -> {} // a number, or the standard
      }
    }
    return new TransformerEncoderLayer(
        integer(words[0]), integer(words[1]), integer(words[2]), options);
  }

  private static int integer(String text) {
    return Integer.parseInt(text.strip());
  }

  private static @Nullable Optimizer optimizer(String words) {
    Matcher matcher = OPTIMIZER.matcher(words);
    if (!matcher.matches()) {
      return null;
    }
    double rate = Double.parseDouble(matcher.group(2));
    double momentum = number(matcher.group(4), 0);
    return switch (matcher.group(1)) {
      case "Adam" -> new Adam(rate).weightDecay(number(matcher.group(3), 0));
      case "AdamW" -> new AdamW(rate).weightDecay(number(matcher.group(3), 0.01));
      case "RmsProp" ->
          new RmsProp(rate).weightDecay(number(matcher.group(3), 0)).momentum(momentum);
      case "Sgd" -> new Sgd(rate).weightDecay(number(matcher.group(3), 0)).momentum(momentum);
      default -> null;
    };
  }

  private static double number(@Nullable String text, double otherwise) {
    return text == null ? otherwise : Double.parseDouble(text);
  }

  private static @Nullable Loss loss(String words) {
    return switch (words) {
      case "sparse cross-entropy from logits, mean" -> new CrossEntropy();
      case "binary cross-entropy from logits, mean" -> new BinaryCrossEntropy();
      default -> null;
    };
  }
}
