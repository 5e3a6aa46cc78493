package org.lawu.train.report;

import java.util.Locale;

/** Draws inline SVG, whose colours and type come from the style sheet of the page. */
final class SvgCanvas implements Canvas {
  private final Html html = new Html();

  /**
   * A canvas.
   *
   * @param title what is drawn, for those who cannot see it
   */
  SvgCanvas(int width, int height, String title) {
    html.open("svg", "viewBox", "0 0 %d %d".formatted(width, height), "role", "img");
    html.element("title", title);
  }

  @Override
  public void line(Ink ink, double x1, double y1, double x2, double y2) {
    html.open(
            "line",
            "class",
            ink.name(),
            "x1",
            number(x1),
            "y1",
            number(y1),
            "x2",
            number(x2),
            "y2",
            number(y2))
        .close("line");
  }

  @Override
  public void curve(Ink ink, boolean dashed, double[] x, double[] y) {
    var points = new StringBuilder();
    String last = "";
    for (int i = 0; i < x.length; i++) {
      // What is closer than a tenth of a pixel is one point.
      String point = number(x[i]) + "," + number(y[i]);
      if (!point.equals(last)) {
        points.append(points.isEmpty() ? "" : " ").append(point);
        last = point;
      }
    }
    html.open(
            "polyline",
            "class",
            ink.name() + (dashed ? " dashed" : ""),
            "points",
            points.toString())
        .close("polyline");
  }

  @Override
  public void dot(Ink ink, double x, double y, double radius) {
    html.open("circle", "class", ink.name(), "cx", number(x), "cy", number(y), "r", number(radius))
        .close("circle");
  }

  @Override
  public void text(Ink ink, Anchor anchor, double x, double y, String text) {
    html.element(
        "text",
        text,
        "class",
        ink.name(),
        "x",
        number(x),
        "y",
        number(y),
        "text-anchor",
        anchor.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void box(Ink ink, double x, double y, double width, double height, double opacity) {
    html.open(
            "rect",
            "class",
            ink.name(),
            "x",
            number(x),
            "y",
            number(y),
            "width",
            number(width),
            "height",
            number(height),
            "fill-opacity",
            String.format(Locale.ROOT, "%.2f", opacity))
        .close("rect");
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** The element. */
  @Override
  public String toString() {
    return html + "</svg>";
  }
}
