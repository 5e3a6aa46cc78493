package org.lawu.nn;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** The table that {@link Layer#summary} prints: a row for each layer, and the totals. */
final class Summary {
  private static final String GAP = "  ";
  private static final List<String> HEADINGS = List.of("Name", "Layer", "Output", "Parameters");
  private static final int NUMBERS = HEADINGS.size() - 1;

  private Summary() {}

  static String of(Layer model, Function<Pass, Tensor> run) {
    IdentityHashMap<Layer, Shape> outputs = new IdentityHashMap<>();
    Pass pass = Pass.observed((layer, output) -> outputs.put(layer, output.shape()));
    Tensor result = Autograd.noGrad(() -> run.apply(pass));
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    new LayerTree(model)
        .forEach((path, layer) -> {
          if (hasRow(path, layer)) {
            rows.add(row(path, layer, outputs.get(layer)));
          }
        });
    return table(rows) + totals(model) + "\nOutput " + result.shape() + " for a batch of 1\n";
  }

  /** The model itself has one only where it holds what no row below it shows. */
  private static boolean hasRow(String path, Layer layer) {
    return !path.isEmpty() || layer.children().isEmpty() || !layer.ownParameters().isEmpty();
  }

  private static List<String> row(String path, Layer layer, @Nullable Shape output) {
    return List.of(
        path, layer.line(), output == null ? "-" : output.toString(), number(parameters(layer)));
  }

  private static long parameters(Layer layer) {
    return layer.ownParameters().values().stream()
        .filter(parameter -> !parameter.isBuffer())
        .mapToLong(parameter -> parameter.shape().elements())
        .sum();
  }

  private static String totals(Layer model) {
    return number(model.parameterCount())
        + " trainable parameters"
        + others(model, Parameter::isFrozen, " frozen")
        + others(model, Parameter::isBuffer, " in buffers");
  }

  private static String others(Layer model, Predicate<Parameter> kind, String words) {
    long count =
        model.namedParameters().values().stream()
            .filter(kind)
            .mapToLong(parameter -> parameter.shape().elements())
            .sum();
    return count == 0 ? "" : ", " + number(count) + words;
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String table(List<List<String>> rows) {
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines =
        rows.stream()
            .map(row -> line(row, widths))
            .collect(Collectors.toCollection(ArrayList::new));
    String rule = "-".repeat(lines.getFirst().length() - 1) + "\n";
    lines.add(1, rule);
    lines.add(rule);
    return String.join("", lines);
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      line.append(i == 0 ? "" : GAP)
          .append(i == NUMBERS ? padding + row.get(i) : row.get(i) + padding);
    }
    return line.append('\n').toString();
  }
}
