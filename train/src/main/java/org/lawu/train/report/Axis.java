package org.lawu.train.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A scale with round numbers on it.
 *
 * @param from the least number of the scale
 * @param to the greatest
 * @param step from one mark to the next
 */
record Axis(double from, double to, double step) {
  private static final double[] ROUND = {1, 2, 5, 10};

  /** One that numbers fill, with about so many marks; a single number gets room around it. */
  static Axis of(double min, double max, int marks) {
    double room = max > min ? 0 : Math.max(Math.abs(min) * 0.1, 1e-3);
    double low = min - room;
    double high = max + room;
    double step = round((high - low) / marks);
    return new Axis(Math.floor(low / step) * step, Math.ceil(high / step) * step, step);
  }

  /** One of whole numbers, with at most so many marks, that begins and ends where told. */
  static Axis ofCounts(int from, int to, int marks) {
    return new Axis(from, to, Math.max(1, Math.ceil(round((double) (to - from) / marks))));
  }

  /** The least of 1, 2 and 5 times a power of ten that is not less. */
  private static double round(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(step, 1e-300))));
    for (double round : ROUND) {
      if (round * power >= step * (1 - 1e-9)) {
        return round * power;
      }
    }
    throw new IllegalStateException("no round number for " + step);
  }

  /** The marks: multiples of the step. */
  List<Double> marks() {
    List<Double> marks = new ArrayList<>();
    long last = (long) Math.floor(to / step + 1e-9);
    for (long i = (long) Math.ceil(from / step - 1e-9); i <= last; i++) {
      marks.add(i * step);
    }
    return marks;
  }

  /**
   * A mark as text, with as many decimals as the step has; 500k and 2.5M where numbers are long.
   */
  String text(double mark) {
    double size = Math.max(Math.abs(from), Math.abs(to));
    if (size >= 1e9 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.1e", mark);
    }
    if (size >= 1e6) {
      return text(mark, 1e6) + "M";
    }
    return size >= 1e4 ? text(mark, 1e3) + "k" : text(mark, 1);
  }

  private String text(double mark, double unit) {
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(step / unit) + 1e-9));
    return String.format(Locale.ROOT, "%." + decimals + "f", mark / unit);
  }

  /** Where a number lies between the ends, from 0 to 1. */
  double place(double value) {
    return to > from ? (value - from) / (to - from) : 0.5;
  }
}
