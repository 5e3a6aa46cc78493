package org.lawu.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints tensors as NumPy does: aligned columns, a line a row, the middle left out when large. */
final class TensorFormat {
  /** Elements above which only the edges are shown. */
  private static final int THRESHOLD = 1000;

  /** How many elements are shown at each edge. */
  private static final int EDGE = 3;

  private final Tensor tensor;
  private final boolean summarised;
  private final boolean scientific;
  private final int width;

  private TensorFormat(Tensor tensor) {
    this.tensor = tensor;
    this.summarised = tensor.shape().elements() > THRESHOLD;
    List<Double> shown = new ArrayList<>();
    collect(new int[tensor.rank()], 0, shown);
    this.scientific = tensor.dtype().isFloating() && needsExponent(shown);
    this.width = shown.stream().mapToInt(value -> element(value).length()).max().orElse(0);
  }

  static String format(Tensor tensor) {
    if (tensor.shape().elements() == 0) {
      return "Tensor(%s, %s)[]".formatted(tensor.dtype(), tensor.shape());
    }
    var out = new StringBuilder();
    out.append("Tensor(").append(tensor.dtype()).append(", ").append(tensor.shape()).append(")");
    out.append(tensor.rank() > 1 ? "\n" : " ");
    new TensorFormat(tensor).append(out, new int[tensor.rank()], 0);
    return out.toString();
  }

  private static boolean needsExponent(List<Double> values) {
    double[] magnitudes =
        values.stream()
            .mapToDouble(Math::abs)
            .filter(value -> value != 0 && Double.isFinite(value))
            .toArray();
    if (magnitudes.length == 0) {
      return false;
    }
    double largest = 0;
    double smallest = Double.MAX_VALUE;
    for (double magnitude : magnitudes) {
      largest = Math.max(largest, magnitude);
      smallest = Math.min(smallest, magnitude);
    }
    return largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1e6;
  }

  /** The indices shown along an axis; -1 stands for those left out. */
  private int[] shown(int size) {
    if (!summarised || size <= 2 * EDGE) {
      int[] all = new int[size];
      for (int i = 0; i < size; i++) {
        all[i] = i;
      }
      return all;
    }
    return new int[] {0, 1, 2, -1, size - 3, size - 2, size - 1};
  }

  private void collect(int[] index, int axis, List<Double> into) {
    if (axis == index.length) {
      into.add(tensor.get(index));
      return;
    }
    for (int i : shown(tensor.size(axis))) {
      if (i >= 0) {
        index[axis] = i;
        collect(index, axis + 1, into);
      }
    }
  }

  private void append(StringBuilder out, int[] index, int axis) {
    if (axis == index.length) {
      out.append(axis == 0 ? element(tensor.get(index)) : padded(tensor.get(index)));
      return;
    }
    boolean innermost = axis == index.length - 1;
    String separator = innermost ? ", " : ",\n" + " ".repeat(axis + 1);
    out.append('[');
    boolean first = true;
    for (int i : shown(tensor.size(axis))) {
      out.append(first ? "" : separator);
      first = false;
      if (i < 0) {
        out.append("...");
      } else {
        index[axis] = i;
        append(out, index, axis + 1);
      }
    }
    out.append(']');
  }

  private String padded(double value) {
    String text = element(value);
    return " ".repeat(width - text.length()) + text;
  }

  private String element(double value) {
    return switch (tensor.dtype()) {
      case BOOL -> value != 0 ? "true" : "false";
      case INT32 -> Integer.toString((int) value);
      case FLOAT32, FLOAT64 -> {
        if (!Double.isFinite(value)) {
          yield Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        yield String.format(Locale.ROOT, scientific ? "%.4e" : "%.4f", value);
      }
    };
  }
}
