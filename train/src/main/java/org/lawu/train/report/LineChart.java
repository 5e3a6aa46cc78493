package org.lawu.train.report;

import java.util.List;
import java.util.stream.DoubleStream;
import org.lawu.train.report.Canvas.Anchor;

/**
 * Curves over one scale.
 *
 * @param title what is shown
 * @param xLabel what the horizontal axis counts
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param curves what is drawn, in the order of the legend
 */
record LineChart(String title, String xLabel, Axis x, Axis y, List<Curve> curves) {
  static final int WIDTH = 440;
  static final int HEIGHT = 280;

  private static final double LEFT = 48;
  private static final double RIGHT = 14;
  private static final double TOP = 30;
  private static final double BOTTOM = 38;

  private static final double SMALL = 1.6;
  private static final double LARGE = 3.5;

  /** How a curve is drawn. */
  enum Style {
    LINE,
    /** For what is only there to compare with. */
    DASHED,
    /** Each point by itself. */
    DOTS
  }

  /**
   * A curve.
   *
   * @param name for the legend; empty to leave it out
   */
  record Curve(String name, Ink ink, Style style, double[] x, double[] y) {}

  /** A chart of values over the epochs from 1 on. */
  static LineChart ofEpochs(String title, List<Curve> curves) {
    double[] finite =
        curves.stream()
            .flatMapToDouble(curve -> DoubleStream.of(curve.y()))
            .filter(Double::isFinite)
            .toArray();
    double min = DoubleStream.of(finite).min().orElse(0);
    double max = DoubleStream.of(finite).max().orElse(1);
    int epochs = curves.getFirst().y().length;
    Axis x = epochs == 1 ? new Axis(0.5, 1.5, 1) : Axis.ofCounts(1, epochs, 8);
    return new LineChart(title, "epoch", x, Axis.of(min, max, 5), curves);
  }

  void draw(Canvas canvas) {
    double bottom = HEIGHT - BOTTOM;
    double right = WIDTH - RIGHT;
    for (double mark : y.marks()) {
      canvas.line(Ink.GRID, LEFT, yAt(mark), right, yAt(mark));
      canvas.text(Ink.LABEL, Anchor.END, LEFT - 7, yAt(mark) + 4, y.text(mark));
    }
    for (double mark : x.marks()) {
      canvas.line(Ink.AXIS, xAt(mark), bottom, xAt(mark), bottom + 4);
      canvas.text(Ink.LABEL, Anchor.MIDDLE, xAt(mark), bottom + 17, x.text(mark));
    }
    canvas.line(Ink.AXIS, LEFT, bottom, right, bottom);
    canvas.text(Ink.LABEL, Anchor.MIDDLE, (LEFT + right) / 2, HEIGHT - 4, xLabel);
    for (Curve curve : curves) {
      draw(canvas, curve);
    }
    legend(canvas);
  }

  /** Lines in pieces where values are not finite. */
  private void draw(Canvas canvas, Curve curve) {
    if (curve.style() == Style.DOTS) {
      for (int i = 0; i < curve.x().length; i++) {
        canvas.dot(curve.ink(), xAt(curve.x()[i]), yAt(curve.y()[i]), SMALL);
      }
      return;
    }
    int from = 0;
    for (int i = 0; i <= curve.y().length; i++) {
      if (i == curve.y().length || !Double.isFinite(curve.y()[i])) {
        piece(canvas, curve, from, i);
        from = i + 1;
      }
    }
  }

  private void piece(Canvas canvas, Curve curve, int from, int to) {
    if (to - from == 1) {
      canvas.dot(curve.ink(), xAt(curve.x()[from]), yAt(curve.y()[from]), LARGE);
    } else if (to - from > 1) {
      double[] pointsX =
          DoubleStream.of(curve.x()).skip(from).limit(to - from).map(this::xAt).toArray();
      double[] pointsY =
          DoubleStream.of(curve.y()).skip(from).limit(to - from).map(this::yAt).toArray();
      canvas.curve(curve.ink(), curve.style() == Style.DASHED, pointsX, pointsY);
    }
  }

  private void legend(Canvas canvas) {
    double at = LEFT;
    for (Curve curve : curves) {
      if (!curve.name().isEmpty()) {
        canvas.box(curve.ink(), at, 9, 14, 4, 1);
        canvas.text(Ink.LABEL, Anchor.START, at + 20, 15, curve.name());
        // Six and a half pixels are the width of a usual letter.
        at += 20 + 6.5 * curve.name().length() + 16;
      }
    }
  }

  private double xAt(double value) {
    return LEFT + x.place(value) * (WIDTH - LEFT - RIGHT);
  }

  private double yAt(double value) {
    return HEIGHT - BOTTOM - y.place(value) * (HEIGHT - TOP - BOTTOM);
  }

  String toSvg() {
    var canvas = new SvgCanvas(WIDTH, HEIGHT, title);
    draw(canvas);
    return canvas.toString();
  }
}
