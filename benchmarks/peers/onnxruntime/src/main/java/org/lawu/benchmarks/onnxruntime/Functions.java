package org.lawu.benchmarks.onnxruntime;

import java.util.Map;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.Elementwise;
import org.lawu.benchmarks.workload.Workload.Function;

/** Functions of each element or of each row. */
final class Functions {
  private Functions() {}

  static Step of(Elementwise w, int threads) {
    var graph = new Graph();
    long[] sizes = {w.rows(), w.columns()};
    String x = graph.input("x0", sizes);
    String result =
        switch (w.function()) {
          case ADD -> graph.node("Add", Map.of(), x, graph.input("x1", sizes));
          case EXP -> graph.node("Exp", Map.of(), x);
          case TANH -> graph.node("Tanh", Map.of(), x);
          case SUM -> graph.node("ReduceSum", Map.of("keepdims", 0L), x);
          case MULTIPLY_ADD -> {
            String product = graph.node("Mul", Map.of(), x, graph.input("x1", sizes));
            yield graph.node("Add", Map.of(), product, graph.input("x2", sizes));
          }
          case GELU -> graph.node("Gelu", Map.of(), x);
          case BROADCAST_ADD -> graph.node("Add", Map.of(), x, graph.input("x1", w.columns()));
          case SOFTMAX -> graph.node("Softmax", Map.of("axis", -1L), x);
          case LAYER_NORM ->
              graph.node(
                  "LayerNormalization",
                  Map.of("axis", -1L, "epsilon", 1e-5f),
                  x,
                  graph.weight("norm.weight", w.columns()),
                  graph.weight("norm.bias", w.columns()));
        };
    long[] outSizes = w.function() == Function.SUM ? new long[0] : sizes;
    graph.output(result, outSizes);
    var inference = new Inference(graph, threads, outSizes).with("x0", 1, sizes);
    return switch (w.function()) {
      case ADD -> inference.with("x1", 2, sizes);
      case BROADCAST_ADD -> inference.with("x1", 2, w.columns());
      case MULTIPLY_ADD -> inference.with("x1", 2, sizes).with("x2", 3, sizes);
      default -> inference;
    };
  }
}
