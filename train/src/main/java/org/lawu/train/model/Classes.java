package org.lawu.train.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * A number for each class: the most probable one is the prediction.
 *
 * @param names the classes by their number
 * @param areProbabilities whether the model gives probabilities; otherwise their softmax is taken,
 *     of scores or of logarithms of probabilities
 */
public record Classes(List<String> names, boolean areProbabilities) implements Output {
  static final String KIND = "classes";

  /**
   * With these settings.
   *
   * @throws ArgumentException if there are fewer than two classes, or one twice
   */
  public Classes {
    names = List.copyOf(names);
    if (names.size() < 2 || new HashSet<>(names).size() < names.size()) {
      throw new ArgumentException(
          "classes: there must be two or more, all different, got %s".formatted(names));
    }
  }

  /** For a model that ends with a softmax. */
  public Classes ofProbabilities() {
    return new Classes(names, true);
  }

  @Override
  public List<Prediction> read(Tensor output) {
    int count = names.size();
    List<Prediction> predictions = new ArrayList<>();
    Tensor scores = output.to(DType.FLOAT64);
    boolean mustNormalize = !areProbabilities && output.rank() == 2;
    for (double[] row : Output.rows(KIND, mustNormalize ? scores.softmax(-1) : scores, count)) {
      Map<String, Double> values = new LinkedHashMap<>();
      int best = 0;
      for (int i = 0; i < count; i++) {
        values.put(names.get(i), row[i]);
        best = row[i] > row[best] ? i : best;
      }
      predictions.add(new Prediction(names.get(best), values));
    }
    return predictions;
  }

  @Override
  public Config config() {
    return Config.of("kind", KIND)
        .withStrings("names", names)
        .with("probabilities", areProbabilities);
  }

  static Classes of(Config config) {
    return new Classes(config.strings("names"), config.truth("probabilities"));
  }

  /** Such as {@code classes ham, spam}. */
  @Override
  public String toString() {
    return "classes " + String.join(", ", names);
  }
}
