package org.lawu.train.callback;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.train.Training;

/**
 * A value of an epoch that is to become small or large.
 *
 * @param operation who asks, for messages
 * @param value its name in the history, such as {@code val_loss}
 * @param rising whether it should rise; null if its name tells
 */
record Goal(String operation, String value, @Nullable Boolean rising) {
  private static final String VALIDATION = "val_";
  private static final Set<String> FALLING_NAMES =
      Set.of("loss", "error", "mae", "mse", "rmse", "mape", "perplexity");
  private static final Set<String> RISING_NAMES =
      Set.of(
          "accuracy", "precision", "recall", "f1", "auc", "r2", "kappa", "matthews", "mcc", "iou");

  Goal rising(boolean rises) {
    return new Goal(operation, value, rises);
  }

  /** What an epoch must do better than, before the first. */
  double worst() {
    return isRising() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** Whether a value is better than another by more than the delta; NaN never is. */
  boolean isBetter(double present, double best, double delta) {
    return isRising() ? present > best + delta : present < best - delta;
  }

  private boolean isRising() {
    if (rising != null) {
      return rising;
    }
    // Any part of the name tells: val_macro_f1, top5_accuracy.
    String plain = value.toLowerCase(Locale.ROOT);
    for (String part : plain.split("[^a-z0-9]+", -1)) {
      if (FALLING_NAMES.contains(part)) {
        return false;
      }
      if (RISING_NAMES.contains(part)) {
        return true;
      }
    }
    throw new ArgumentException(
        "%s: whether %s should fall or rise does not follow from its name; add .minimize() or"
                .formatted(operation, value)
            + " .maximize()");
  }

  /**
   * Checks that the training will have the value.
   *
   * @throws ArgumentException if it will not, or it is not known whether it should fall
   */
  void check(Training training) {
    isRising();
    if (!training.names().contains(value)) {
      boolean missing =
          value.startsWith(VALIDATION)
              && training.names().contains(value.substring(VALIDATION.length()));
      throw new ArgumentException(
          "%s: no value is named %s; there are %s%s"
              .formatted(
                  operation,
                  value,
                  training.names(),
                  missing ? "; validate, as with Fit.validationSplit(0.1)" : ""));
    }
  }

  /** The value of the epoch that has ended. */
  double of(Training training) {
    return training.values().getOrDefault(value, Double.NaN);
  }

  /** Such as {@code val_loss falling}. */
  @Override
  public String toString() {
    return value + (isRising() ? " rising" : " falling");
  }
}
