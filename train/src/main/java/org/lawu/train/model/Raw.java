package org.lawu.train.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/** Numbers that are not explained, by their position. */
public record Raw() implements Output {
  static final String KIND = "raw";

  @Override
  public List<Prediction> read(Tensor output) {
    if (output.rank() == 0) {
      throw new ShapeException("raw: the model's output must be [n, ...], got a scalar");
    }
    int n = output.size(0);
    int count = output.shape().slice(1, output.rank()).elements();
    double[] all = output.toDoubleArray();
    List<Prediction> predictions = new ArrayList<>();
    for (int row = 0; row < n; row++) {
      Map<String, Double> values = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        values.put(Integer.toString(i), all[row * count + i]);
      }
      predictions.add(new Prediction(null, values));
    }
    return predictions;
  }

  @Override
  public Config config() {
    return Config.of("kind", KIND);
  }

  /** {@code as they are}. */
  @Override
  public String toString() {
    return "numbers as they are";
  }
}
