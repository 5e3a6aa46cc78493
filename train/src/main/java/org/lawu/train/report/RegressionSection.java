package org.lawu.train.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;
import org.lawu.train.metric.Mae;
import org.lawu.train.metric.Metric;
import org.lawu.train.metric.R2;
import org.lawu.train.metric.Rmse;
import org.lawu.train.report.LineChart.Curve;
import org.lawu.train.report.LineChart.Style;

/**
 * How far predicted numbers are from the true ones.
 *
 * @param name of the data
 */
record RegressionSection(String name, Tensor predictions, Tensor targets) {
  private static final int WORST = 12;

  /** More would only make the page large. */
  private static final int DOTS = 1000;

  static RegressionSection of(String name, Tensor predictions, Tensor targets) {
    boolean column = predictions.rank() == 2 && predictions.size(1) == 1;
    if ((predictions.rank() != 1 && !column) || !predictions.shape().equals(targets.shape())) {
      throw new ShapeException(
          "regression: predictions and targets must both be [n] or [n, 1], got %s and %s"
              .formatted(predictions.shape(), targets.shape()));
    }
    if (predictions.size(0) == 0) {
      throw new ArgumentException("regression: there is no record; it needs at least one");
    }
    for (Tensor numbers : List.of(predictions, targets)) {
      if (!DoubleStream.of(numbers.toDoubleArray()).allMatch(Double::isFinite)) {
        throw new ArgumentException(
            "regression: numbers must be finite; look for NaN in predictions and targets");
      }
    }
    return new RegressionSection(name, predictions.detach(), targets.detach());
  }

  void write(Html page) {
    page.open("section").element("h2", "Numbers: " + name);
    page.open("div", "class", "columns").open("div");
    page.open("figure").trusted(chart().toSvg());
    page.element("figcaption", "Predictions over true values; on the dashed line they are equal");
    page.close("figure").close("div").open("div");
    page.open("table", "class", "facts").open("tbody");
    for (Metric metric : List.of(new R2(), new Mae(), new Rmse())) {
      Metric.Accumulator accumulator = metric.accumulator();
      accumulator.add(predictions, targets);
      page.open("tr")
          .element("th", metric.name(), "scope", "row")
          .element("td", Numbers.of(accumulator.result()))
          .close("tr");
    }
    page.close("tbody").close("table");
    worst(page);
    page.close("div").close("div").close("section").newline();
  }

  private void worst(Html page) {
    double[] predicted = predictions.toDoubleArray();
    double[] truth = targets.toDoubleArray();
    page.element("h3", "Largest errors").open("div", "class", "scroll");
    page.open("table").open("thead").open("tr");
    for (String heading : List.of("record", "true", "predicted", "error")) {
      page.element("th", heading, "scope", "col");
    }
    page.close("tr").close("thead").open("tbody");
    IntStream.range(0, truth.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(i -> -Math.abs(predicted[i] - truth[i])))
        .limit(WORST)
        .forEach(i ->
            page.open("tr")
                .element("th", Numbers.count(i), "scope", "row")
                .element("td", Numbers.of(truth[i]))
                .element("td", Numbers.of(predicted[i]))
                .element("td", Numbers.of(predicted[i] - truth[i]))
                .close("tr"));
    page.close("tbody").close("table").close("div");
  }

  /** Every so many records, so that the dots stay few. */
  LineChart chart() {
    double[] truth = thinned(targets.toDoubleArray());
    double[] predicted = thinned(predictions.toDoubleArray());
    double[] all =
        DoubleStream.concat(DoubleStream.of(truth), DoubleStream.of(predicted)).toArray();
    double min = DoubleStream.of(all).min().orElseThrow();
    double max = DoubleStream.of(all).max().orElseThrow();
    Axis axis = Axis.of(min, max, 5);
    double[] ends = {axis.from(), axis.to()};
    return new LineChart(
        "Predictions over true values",
        "true value",
        axis,
        axis,
        List.of(
            new Curve("", Ink.AXIS, Style.DASHED, ends, ends),
            new Curve("", Ink.series(0), Style.DOTS, truth, predicted)));
  }

  private static double[] thinned(double[] values) {
    int every = Math.ceilDiv(values.length, DOTS);
    return IntStream.range(0, Math.ceilDiv(values.length, every))
        .mapToDouble(i -> values[i * every])
        .toArray();
  }
}
