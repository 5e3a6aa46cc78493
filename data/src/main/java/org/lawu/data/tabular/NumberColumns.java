package org.lawu.data.tabular;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.lawu.data.Table;
import org.lawu.error.ArgumentException;

/**
 * Columns of numbers, each of which becomes a feature. A missing value is replaced first, then
 * comes the logarithm, if it is asked for, then the scale. NaN in a table is a missing value too.
 *
 * <pre>{@code
 * Columns.standard("income").imputeMedian().missingIndicator().log1p()
 * }</pre>
 */
public final class NumberColumns extends Columns {
  // Set while a copy is made, and never again.
  private final List<String> names;
  private final Scaling scaling;
  private ToDoubleFunction<double[]> fill = numbers -> Double.NaN;
  private boolean needsNumbers;
  private boolean indicator;
  private boolean log;

  NumberColumns(List<String> names, Scaling scaling) {
    this.names = names;
    this.scaling = scaling;
  }

  private NumberColumns with(Consumer<NumberColumns> change) {
    var copy = new NumberColumns(names, scaling);
    copy.fill = fill;
    copy.needsNumbers = needsNumbers;
    copy.indicator = indicator;
    copy.log = log;
    change.accept(copy);
    return copy;
  }

  /** With the mean of the column in place of missing values. */
  public NumberColumns imputeMean() {
    return imputeBy(Statistics::mean);
  }

  /** With the median of the column in place of missing values. */
  public NumberColumns imputeMedian() {
    return imputeBy(Statistics::median);
  }

  /** With the most frequent value in place of missing ones; of several the least. */
  public NumberColumns imputeMostFrequent() {
    return imputeBy(Statistics::mostFrequent);
  }

  private NumberColumns imputeBy(ToDoubleFunction<double[]> statistic) {
    return with(copy -> {
      copy.fill = statistic;
      copy.needsNumbers = true;
    });
  }

  /**
   * With a number in place of missing values.
   *
   * @throws ArgumentException if it is not finite
   */
  public NumberColumns impute(double number) {
    if (!Double.isFinite(number)) {
      throw new ArgumentException("impute: the number must be finite, got " + number);
    }
    return with(copy -> {
      copy.fill = numbers -> number;
      copy.needsNumbers = false;
    });
  }

  /**
   * With one more feature for each column, named as in {@code age (missing)}: 1 where the value was
   * missing, else 0.
   */
  public NumberColumns missingIndicator() {
    return with(copy -> copy.indicator = true);
  }

  /**
   * With {@code ln(1 + x)} in place of x, which draws together amounts that spread over orders of
   * magnitude. The numbers must be above -1.
   */
  public NumberColumns log1p() {
    return with(copy -> copy.log = true);
  }

  @Override
  List<FittedColumn> fitEach(Table training) {
    return names.stream().map(name -> fit(name, training)).toList();
  }

  private FittedColumn fit(String name, Table training) {
    double[] present =
        Arrays.stream(training.doubles(name)).filter(x -> !Double.isNaN(x)).toArray();
    if (needsNumbers && present.length == 0) {
      throw new ArgumentException(
          "columns: \"%s\" holds no number to learn from; drop it".formatted(name));
    }
    var unscaled = new NumberColumn(name, fill.applyAsDouble(present), indicator, log, 0, 1);
    return unscaled.scaled(scaling.learn(unscaled.values(training)));
  }
}
