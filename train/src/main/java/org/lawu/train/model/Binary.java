package org.lawu.train.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * One number for the positive of two classes.
 *
 * @param negative the class of the label 0
 * @param positive the class of the label 1
 * @param threshold the probability from which up the positive class is predicted
 * @param isProbability whether the model gives a probability; otherwise its sigmoid is taken
 */
public record Binary(String negative, String positive, double threshold, boolean isProbability)
    implements Output {
  static final String KIND = "binary";

  /**
   * With these settings.
   *
   * @throws ArgumentException if the classes are the same, or the threshold is not in 0 to 1
   */
  public Binary {
    if (negative.equals(positive)) {
      throw new ArgumentException(
          "binary: the classes must be different, got %s twice".formatted(positive));
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new ArgumentException("binary: the threshold must be in 0 to 1, got " + threshold);
    }
  }

  /** For a model that ends with a sigmoid. */
  public Binary ofProbabilities() {
    return new Binary(negative, positive, threshold, true);
  }

  /**
   * Predicting the positive class from another probability up.
   *
   * @throws ArgumentException if it is not in 0 to 1
   */
  public Binary threshold(double probability) {
    return new Binary(negative, positive, probability, isProbability);
  }

  @Override
  public List<Prediction> read(Tensor output) {
    List<Prediction> predictions = new ArrayList<>();
    Tensor scores = output.to(DType.FLOAT64);
    for (double[] row : Output.rows(KIND, isProbability ? scores : scores.sigmoid(), 1)) {
      Map<String, Double> values = new LinkedHashMap<>();
      values.put(negative, 1 - row[0]);
      values.put(positive, row[0]);
      predictions.add(new Prediction(row[0] >= threshold ? positive : negative, values));
    }
    return predictions;
  }

  @Override
  public Config config() {
    return Config.of("kind", KIND)
        .with("negative", negative)
        .with("positive", positive)
        .with("threshold", threshold)
        .with("probabilities", isProbability);
  }

  static Binary of(Config config) {
    return new Binary(
        config.string("negative"),
        config.string("positive"),
        config.number("threshold"),
        config.truth("probabilities"));
  }

  /** Such as {@code ham, or spam from 0.5 up}. */
  @Override
  public String toString() {
    return "%s, or %s from %s up".formatted(negative, positive, threshold);
  }
}
