package org.lawu.train.callback;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lawu.io.SafetensorsFile;
import org.lawu.optim.WeightAverage;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;
import org.lawu.train.Training;

/**
 * The parameters and buffers of a model at one time, and the averages of the weights if there are.
 */
record Weights(Map<String, Tensor> model, Map<String, Tensor> averages) {
  private static final String MODEL = "model.";
  private static final String AVERAGES = "average.";

  static Weights of(Training training) {
    Map<String, Tensor> model = new LinkedHashMap<>();
    training
        .model()
        .namedParameters()
        .forEach((name, parameter) -> model.put(name, parameter.value().detach()));
    WeightAverage average = training.settings().average();
    return new Weights(model, average == null ? Map.of() : average.values());
  }

  void restore(Training training) {
    Map<String, Parameter> parameters = training.model().namedParameters();
    model.forEach((name, value) -> {
      Parameter parameter = parameters.get(name);
      if (parameter != null) {
        parameter.set(value);
      }
    });
    WeightAverage average = training.settings().average();
    if (average != null) {
      average.restore("best weights", new SafetensorsFile(averages, average.state().metadata()));
    }
  }

  /** By name, for a checkpoint. */
  Map<String, Tensor> tensors() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    model.forEach((name, value) -> all.put(MODEL + name, value));
    averages.forEach((name, value) -> all.put(AVERAGES + name, value));
    return all;
  }

  /** What {@link #tensors} gave; null if that is nothing. */
  static @Nullable Weights of(Map<String, Tensor> tensors) {
    Map<String, Tensor> model = new LinkedHashMap<>();
    Map<String, Tensor> averages = new LinkedHashMap<>();
    tensors.forEach((name, value) -> {
      if (name.startsWith(MODEL)) {
        model.put(name.substring(MODEL.length()), value);
      } else {
        averages.put(name.substring(AVERAGES.length()), value);
      }
    });
    return model.isEmpty() ? null : new Weights(model, averages);
  }
}
