package org.lawu.train.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.lawu.train.History;
import org.lawu.train.metric.ConfusionMatrix;

/** The plots of a report as files. */
final class Plots {
  private Plots() {}

  static void write(
      Path folder,
      History history,
      List<ClassificationSection> sections,
      List<RegressionSection> regressions)
      throws IOException {
    Files.createDirectories(folder);
    if (!history.epochs().isEmpty()) {
      for (Map.Entry<String, LineChart> chart : Curves.charts(history).entrySet()) {
        write(folder, chart.getKey(), chart.getValue());
      }
    }
    for (ClassificationSection section : sections) {
      ConfusionMatrix matrix = section.classification().confusionMatrix();
      write(
          folder,
          "confusion-" + section.name(),
          Confusion.width(matrix),
          Confusion.height(matrix),
          canvas -> Confusion.draw(canvas, matrix));
      if (Roc.isDefined(section.classification())) {
        write(folder, "roc-" + section.name(), Roc.chart(section.classification()));
      }
    }
    for (RegressionSection section : regressions) {
      write(folder, "regression-" + section.name(), section.chart());
    }
  }

  /** With its name in the corner, which on the page stands above. */
  private static void write(Path folder, String name, LineChart chart) throws IOException {
    write(
        folder,
        name,
        LineChart.WIDTH,
        LineChart.HEIGHT,
        canvas -> {
          chart.draw(canvas);
          canvas.text(Ink.LABEL, Canvas.Anchor.END, LineChart.WIDTH - 14, 15, name);
        });
  }

  private static void write(
      Path folder, String name, int width, int height, Consumer<Canvas> drawing)
      throws IOException {
    try (var canvas = new ImageCanvas(width, height)) {
      drawing.accept(canvas);
      canvas.write(folder.resolve(name.replaceAll("[^\\p{L}\\p{N}_.-]", "-") + ".png"));
    }
  }
}
