package org.lawu.train.report;

/** What charts are drawn on. Positions count from the upper left corner. */
interface Canvas {

  /** Where a text lies: to the right of its position, around it, or to the left of it. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  void line(Ink ink, double x1, double y1, double x2, double y2);

  /** A curve through points. */
  void curve(Ink ink, boolean dashed, double[] x, double[] y);

  void dot(Ink ink, double x, double y, double radius);

  /** A text on a baseline. */
  void text(Ink ink, Anchor anchor, double x, double y, String text);

  /** A filled rectangle. */
  void box(Ink ink, double x, double y, double width, double height, double opacity);
}
