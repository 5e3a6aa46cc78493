package org.lawu.train.report;

import org.lawu.train.metric.ConfusionMatrix;
import org.lawu.train.report.Canvas.Anchor;

/** A confusion matrix as a table, and as a picture. */
final class Confusion {
  /** Steps of shade, so that the style sheet needs no colours of its own for each cell. */
  private static final int SHADES = 10;

  private static final int CELL = 46;

  private Confusion() {}

  /** Each cell is shaded by its share of the records of the true class. */
  static void write(Html page, ConfusionMatrix matrix) {
    page.element("p", "Rows are true classes, columns are predicted ones", "class", "note");
    page.open("div", "class", "scroll").open("table", "class", "confusion");
    page.open("thead").open("tr").open("td").close("td");
    matrix.names().forEach(name -> page.element("th", name, "scope", "col"));
    page.close("tr").close("thead").open("tbody");
    for (int truth = 0; truth < matrix.classes(); truth++) {
      page.open("tr").element("th", matrix.names().get(truth), "scope", "row");
      for (int predicted = 0; predicted < matrix.classes(); predicted++) {
        long count = matrix.count(truth, predicted);
        String kind = truth == predicted ? "right-" : "wrong-";
        page.element(
            "td",
            count == 0 ? "·" : Numbers.count(count),
            "class",
            count == 0 ? "none" : kind + (int) Math.ceil(SHADES * shade(matrix, truth, predicted)));
      }
      page.close("tr").newline();
    }
    page.close("tbody").close("table").close("div");
  }

  /** By the root of the share, so that rare mistakes are told apart too. */
  private static double shade(ConfusionMatrix matrix, int truth, int predicted) {
    return Math.sqrt((double) matrix.count(truth, predicted) / matrix.support(truth));
  }

  static int width(ConfusionMatrix matrix) {
    return margin(matrix) + CELL * matrix.classes() + 14;
  }

  static int height(ConfusionMatrix matrix) {
    return 52 + CELL * matrix.classes() + 14;
  }

  private static int margin(ConfusionMatrix matrix) {
    int longest = matrix.names().stream().mapToInt(String::length).max().orElse(1);
    return 46 + 7 * longest;
  }

  static void draw(Canvas canvas, ConfusionMatrix matrix) {
    double left = margin(matrix);
    double top = 52;
    double middle = CELL / 2.0;
    canvas.text(Ink.LABEL, Anchor.MIDDLE, left + middle * matrix.classes(), 18, "predicted");
    canvas.text(Ink.LABEL, Anchor.START, 6, top - 10, "true");
    for (int truth = 0; truth < matrix.classes(); truth++) {
      double y = top + truth * CELL;
      String name = matrix.names().get(truth);
      canvas.text(Ink.LABEL, Anchor.END, left - 8, y + middle + 4, name);
      canvas.text(Ink.LABEL, Anchor.MIDDLE, left + truth * CELL + middle, top - 10, name);
      for (int predicted = 0; predicted < matrix.classes(); predicted++) {
        double x = left + predicted * CELL;
        long count = matrix.count(truth, predicted);
        if (count > 0) {
          // No darker than what dark letters can be read on.
          double shade = 0.05 + 0.4 * shade(matrix, truth, predicted);
          canvas.box(Ink.series(truth == predicted ? 0 : 1), x, y, CELL - 2, CELL - 2, shade);
          canvas.text(Ink.LABEL, Anchor.MIDDLE, x + middle - 1, y + middle + 4, count + "");
        } else {
          canvas.box(Ink.GRID, x, y, CELL - 2, CELL - 2, 0.4);
        }
      }
    }
  }
}
