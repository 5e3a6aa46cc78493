package org.lawu.optim.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import org.lawu.error.FormatException;

/**
 * Multiplies the rate by a factor when a value, such as the validation loss, has stopped falling;
 * PyTorch's {@code ReduceLROnPlateau} with its defaults. It depends on more than the step, so
 * instead of a {@link Schedule} it is a state, of which each value makes the next:
 *
 * <pre>{@code
 * var plateau = new ReduceOnPlateau(1e-3).patience(3);
 * for (int epoch = 0; epoch < 20; epoch++) {
 *   optimizer.learningRate(plateau.rate());
 *   plateau = plateau.after(trainAndValidate(epoch));
 * }
 * }</pre>
 *
 * <p>A value counts as lower if it is below {@code best (1 - threshold)}, or for a negative best
 * {@code best (1 + threshold)}; NaN never is. For a value that should rise, give its negative.
 *
 * @param rate the present rate
 * @param factor what is left of the rate; 0.1 by default
 * @param patience how many values in a row may not be lower; 10 by default
 * @param threshold by which part of the best a value must be lower; 1e-4 by default
 * @param minimum below which the rate does not go; 0 by default
 * @param best the lowest value so far
 * @param waited how many values in a row were not lower
 */
public record ReduceOnPlateau(
    double rate,
    double factor,
    int patience,
    double threshold,
    double minimum,
    double best,
    int waited) {

  /**
   * Checks the settings.
   *
   * @throws org.lawu.error.ArgumentException if a rate is negative or not finite, the factor or the
   *     threshold not in 0 to 1, or the patience or what was waited negative
   */
  public ReduceOnPlateau {
    Setting.rate("rate", rate);
    Setting.fraction("factor", factor);
    Setting.rate("patience", patience);
    Setting.fraction("threshold", threshold);
    Setting.rate("minimum", minimum);
    Setting.rate("waited", waited);
  }

  /** With a first rate, before the first value. */
  public ReduceOnPlateau(double rate) {
    this(rate, 0.1, 10, 1e-4, 0, Double.POSITIVE_INFINITY, 0);
  }

  /** With another factor. */
  public ReduceOnPlateau factor(double factor) {
    return new ReduceOnPlateau(rate, factor, patience, threshold, minimum, best, waited);
  }

  /** With another patience. */
  public ReduceOnPlateau patience(int patience) {
    return new ReduceOnPlateau(rate, factor, patience, threshold, minimum, best, waited);
  }

  /** With another threshold. */
  public ReduceOnPlateau threshold(double threshold) {
    return new ReduceOnPlateau(rate, factor, patience, threshold, minimum, best, waited);
  }

  /** With another minimum. */
  public ReduceOnPlateau minimum(double minimum) {
    return new ReduceOnPlateau(rate, factor, patience, threshold, minimum, best, waited);
  }

  /**
   * Everything by name, exactly, to keep with a checkpoint; {@link #of(Map)} takes it up. Fit for
   * the metadata of a safetensors file.
   */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("rate", "" + rate);
    map.put("factor", "" + factor);
    map.put("patience", "" + patience);
    map.put("threshold", "" + threshold);
    map.put("minimum", "" + minimum);
    map.put("best", "" + best);
    map.put("waited", "" + waited);
    return map;
  }

  /**
   * What {@link #toMap} gave; other names are not read.
   *
   * @throws FormatException if a value is missing or no number
   */
  public static ReduceOnPlateau of(Map<String, String> map) {
    return new ReduceOnPlateau(
        number(map, "rate"),
        number(map, "factor"),
        (int) number(map, "patience"),
        number(map, "threshold"),
        number(map, "minimum"),
        number(map, "best"),
        (int) number(map, "waited"));
  }

  private static double number(Map<String, String> map, String name) {
    String text = map.getOrDefault(name, "missing");
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException fault) {
      throw new FormatException(
          "reduceOnPlateau: %s must be a number, is %s".formatted(name, text), fault);
    }
  }

  /** The state after one more value. */
  public ReduceOnPlateau after(double value) {
    if (best == Double.POSITIVE_INFINITY
        ? value < best
        : value < best - threshold * Math.abs(best)) {
      return new ReduceOnPlateau(rate, factor, patience, threshold, minimum, value, 0);
    }
    if (waited < patience) {
      return new ReduceOnPlateau(rate, factor, patience, threshold, minimum, best, waited + 1);
    }
    double lower = Math.min(rate, Math.max(rate * factor, minimum));
    return new ReduceOnPlateau(lower, factor, patience, threshold, minimum, best, 0);
  }
}
