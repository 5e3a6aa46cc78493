package org.lawu.train.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/**
 * Numbers, which may have been scaled for training: {@code y = mean + deviation * output}.
 *
 * @param names of the numbers
 * @param means of each
 * @param deviations of each, not 0
 */
public record Numbers(List<String> names, List<Double> means, List<Double> deviations)
    implements Output {
  static final String KIND = "numbers";

  /**
   * With these settings.
   *
   * @throws ArgumentException if there are no names, or one twice, or the means and deviations are
   *     not one for each, finite, and the deviations not 0
   */
  public Numbers {
    names = List.copyOf(names);
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
      throw new ArgumentException(
          "numbers: there must be one or more names, all different, got %s".formatted(names));
    }
    if (means.size() != names.size()
        || deviations.size() != names.size()
        || !means.stream().allMatch(Double::isFinite)
        || !deviations.stream()
            .allMatch(deviation -> Double.isFinite(deviation) && deviation != 0)) {
      throw new ArgumentException(
          "numbers: %s need a finite mean and a deviation other than 0 for each, got %s and %s"
              .formatted(names, means, deviations));
    }
  }

  /** Numbers as the model gives them. */
  static Numbers of(List<String> names) {
    int count = names.size();
    return new Numbers(names, Collections.nCopies(count, 0.0), Collections.nCopies(count, 1.0));
  }

  /**
   * For a model that was trained on {@code (y - mean) / deviation}.
   *
   * @throws ArgumentException if there is not one number, or they are not finite, or the deviation
   *     is 0
   */
  public Numbers scaled(double mean, double deviation) {
    return new Numbers(names, List.of(mean), List.of(deviation));
  }

  /**
   * The same for several numbers.
   *
   * @throws ArgumentException if they are not one for each, finite, and the deviations not 0
   */
  public Numbers scaled(double[] means, double[] deviations) {
    return new Numbers(names, list(means), list(deviations));
  }

  private static List<Double> list(double[] numbers) {
    return DoubleStream.of(numbers).boxed().toList();
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(number -> number).toArray();
  }

  @Override
  public List<Prediction> read(Tensor output) {
    List<Prediction> predictions = new ArrayList<>();
    for (double[] row : Output.rows(KIND, output, names.size())) {
      Map<String, Double> values = new LinkedHashMap<>();
      for (int i = 0; i < row.length; i++) {
        values.put(names.get(i), means.get(i) + deviations.get(i) * row[i]);
      }
      predictions.add(new Prediction(null, values));
    }
    return predictions;
  }

  @Override
  public Config config() {
    return Config.of("kind", KIND)
        .withStrings("names", names)
        .with("means", array(means))
        .with("deviations", array(deviations));
  }

  static Numbers of(Config config) {
    return new Numbers(
        config.strings("names"), list(config.numbers("means")), list(config.numbers("deviations")));
  }

  /** Such as {@code numbers price}. */
  @Override
  public String toString() {
    return "numbers " + String.join(", ", names);
  }
}
