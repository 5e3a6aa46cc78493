package org.lawu.train.metric;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * A metric and how far chance in the choice of the rows may have moved it.
 *
 * @param value the metric over all rows
 * @param low the lower end
 * @param high the upper end
 * @param confidence the share of such intervals that hold the true value, such as 0.95
 */
public record ConfidenceInterval(double value, double low, double high, double confidence) {

  /** Such as {@code 0.9412 (95%: 0.9210 to 0.9587)}. */
  @Override
  public String toString() {
    String percent =
        BigDecimal.valueOf(confidence).movePointRight(2).stripTrailingZeros().toPlainString();
    return String.format(Locale.ROOT, "%.4f (%s%%: %.4f to %.4f)", value, percent, low, high);
  }
}
