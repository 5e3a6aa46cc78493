package org.lawu.train.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lawu.train.History;
import org.lawu.train.report.LineChart.Curve;
import org.lawu.train.report.LineChart.Style;

/** The loss and the metrics of a training over its epochs. */
final class Curves {
  private static final String VALIDATION = "val_";
  private static final String SECONDS = "seconds";

  private Curves() {}

  /** A chart for each value, with that over the validation data where there is one; by name. */
  static Map<String, LineChart> charts(History history) {
    Map<String, LineChart> charts = new LinkedHashMap<>();
    double[] epochs = IntStream.rangeClosed(1, history.epochs().size()).asDoubleStream().toArray();
    List<String> names = history.names();
    for (String name : names) {
      if (!name.equals(SECONDS) && !name.startsWith(VALIDATION)) {
        List<Curve> curves = new ArrayList<>();
        curves.add(new Curve("training", Ink.series(0), Style.LINE, epochs, history.values(name)));
        if (names.contains(VALIDATION + name)) {
          double[] values = history.values(VALIDATION + name);
          curves.add(new Curve("validation", Ink.series(1), Style.LINE, epochs, values));
        }
        charts.put(name, LineChart.ofEpochs(name + " by epoch", curves));
      }
    }
    return charts;
  }

  static void write(Html page, History history) {
    if (history.epochs().isEmpty()) {
      return;
    }
    page.open("section").element("h2", "Curves").open("div", "class", "charts");
    charts(history)
        .forEach((name, chart) ->
            page.open("figure")
                .element("figcaption", name)
                .trusted(chart.toSvg())
                .close("figure")
                .newline());
    page.close("div");
    page.open("details").element("summary", "All values by epoch");
    table(page, history);
    page.close("details").close("section").newline();
  }

  private static void table(Html page, History history) {
    page.open("div", "class", "scroll").open("table").open("thead").open("tr");
    page.element("th", "epoch", "scope", "col");
    history.names().forEach(name -> page.element("th", name, "scope", "col"));
    page.close("tr").close("thead").open("tbody");
    for (int i = 0; i < history.epochs().size(); i++) {
      page.open("tr").element("th", Integer.toString(i + 1), "scope", "row");
      for (String name : history.names()) {
        double value = history.epochs().get(i).getOrDefault(name, Double.NaN);
        page.element("td", name.equals(SECONDS) ? Numbers.seconds(value) : Numbers.of(value));
      }
      page.close("tr").newline();
    }
    page.close("tbody").close("table").close("div");
  }
}
