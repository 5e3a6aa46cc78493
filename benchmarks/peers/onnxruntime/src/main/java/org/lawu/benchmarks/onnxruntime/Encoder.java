package org.lawu.benchmarks.onnxruntime;

import java.util.List;
import java.util.Map;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.EncoderForward;

/**
 * The Transformer encoder in the fused operators of ONNX Runtime, as its optimizer for BERT writes
 * it.
 */
final class Encoder {
  private static final int DIM = 384;
  private static final int HIDDEN = 1536;
  private static final long HEADS = 12;
  private static final int LAYERS = 6;
  private static final int TOKENS = 128;

  private Encoder() {}

  static Step of(EncoderForward w, int threads) {
    var graph = new Graph();
    long[] sizes = {w.batch(), TOKENS, DIM};
    String x = graph.input("x", sizes);
    for (int i = 0; i < LAYERS; i++) {
      x = layer(graph, "layers." + i + ".", x);
    }
    graph.output(x, sizes);
    return new Inference(graph, threads, sizes).with("x", 1, sizes);
  }

  private static String layer(Graph graph, String name, String x) {
    String attended =
        graph.node(
            Graph.MICROSOFT,
            "Attention",
            Map.of("num_heads", HEADS),
            List.of(
                x,
                graph.transposedWeight(name + "self_attn.in_proj_weight", 3 * DIM, DIM),
                graph.weight(name + "self_attn.in_proj_bias", 3 * DIM)));
    String projected =
        graph.node(
            "MatMul",
            Map.of(),
            attended,
            graph.transposedWeight(name + "self_attn.out_proj.weight", DIM, DIM));
    String y = norm(graph, name, "norm1", projected, x, name + "self_attn.out_proj.bias");
    String hidden =
        graph.node(
            "MatMul", Map.of(), y, graph.transposedWeight(name + "linear1.weight", HIDDEN, DIM));
    String activated =
        graph.node(
            Graph.MICROSOFT,
            "BiasGelu",
            Map.of(),
            List.of(hidden, graph.weight(name + "linear1.bias", HIDDEN)));
    String fed =
        graph.node(
            "MatMul",
            Map.of(),
            activated,
            graph.transposedWeight(name + "linear2.weight", DIM, HIDDEN));
    return norm(graph, name, "norm2", fed, y, name + "linear2.bias");
  }

  /** The layer norm of {@code x + skip + bias}. */
  private static String norm(
      Graph graph, String name, String norm, String x, String skip, String bias) {
    return graph.node(
        Graph.MICROSOFT,
        "SkipLayerNormalization",
        Map.of("epsilon", 1e-5f),
        List.of(
            x,
            skip,
            graph.weight(name + norm + ".weight", DIM),
            graph.weight(name + norm + ".bias", DIM),
            graph.weight(bias, DIM)));
  }
}
