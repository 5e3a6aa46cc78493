package org.lawu.benchmarks.onnxruntime;

import java.util.Map;
import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.CnnForward;

/** The networks for MNIST. */
final class Networks {
  private static final Map<String, Object> TRANSPOSED = Map.of("transB", 1L);

  private Networks() {}

  static Step of(CnnForward w, int threads) {
    int batch = w.batch();
    var graph = new Graph();
    Map<String, Object> kernel = Map.of("kernel_shape", new long[] {3, 3});
    Map<String, Object> window =
        Map.of("kernel_shape", new long[] {2, 2}, "strides", new long[] {2, 2});
    String x = graph.input("x", batch, 1, 28, 28);
    x =
        graph.node(
            "Conv", kernel, x, graph.weight("0.weight", 32, 1, 3, 3), graph.weight("0.bias", 32));
    x = graph.node("Relu", Map.of(), x);
    x =
        graph.node(
            "Conv", kernel, x, graph.weight("2.weight", 64, 32, 3, 3), graph.weight("2.bias", 64));
    x = graph.node("Relu", Map.of(), x);
    x = graph.node("Flatten", Map.of(), graph.node("MaxPool", window, x));
    x =
        graph.node(
            "Gemm",
            TRANSPOSED,
            x,
            graph.weight("6.weight", 128, 9216),
            graph.weight("6.bias", 128));
    x = graph.node("Relu", Map.of(), x);
    x =
        graph.node(
            "Gemm", TRANSPOSED, x, graph.weight("8.weight", 10, 128), graph.weight("8.bias", 10));
    graph.output(x, batch, 10);
    return new Inference(graph, threads, batch, 10)
        .with("x", Numbers.uniform(1, batch * 784, 0, 1), batch, 1, 28, 28);
  }

  /** The dense layers, for one image. */
  static Graph mlp() {
    var graph = new Graph();
    String x = graph.input("x", 1, 784);
    x =
        graph.node(
            "Gemm", TRANSPOSED, x, graph.weight("0.weight", 128, 784), graph.weight("0.bias", 128));
    x = graph.node("Relu", Map.of(), x);
    x =
        graph.node(
            "Gemm", TRANSPOSED, x, graph.weight("3.weight", 10, 128), graph.weight("3.bias", 10));
    graph.output(x, 1, 10);
    return graph;
  }
}
