package org.lawu.benchmarks.onnxruntime;

import java.util.Map;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.BatchedMatMul;
import org.lawu.benchmarks.workload.Workload.MatMul;
import org.lawu.benchmarks.workload.Workload.MatVec;

/** Matrix products. */
final class Products {
  private Products() {}

  static Step of(MatMul w, int threads) {
    var graph = new Graph();
    long[] aSizes = sizes(w.rows(), w.inner(), w.transposedA());
    long[] bSizes = sizes(w.inner(), w.columns(), w.transposedB());
    String a = graph.input("a", aSizes);
    String b = graph.input("b", bSizes);
    String product =
        w.transposedA() || w.transposedB()
            ? graph.node(
                "Gemm",
                Map.of("transA", w.transposedA() ? 1L : 0L, "transB", w.transposedB() ? 1L : 0L),
                a,
                b)
            : graph.node("MatMul", Map.of(), a, b);
    graph.output(product, w.rows(), w.columns());
    return new Inference(graph, threads, w.rows(), w.columns())
        .with("a", 1, aSizes)
        .with("b", 2, bSizes);
  }

  private static long[] sizes(int rows, int columns, boolean transposed) {
    return transposed ? new long[] {columns, rows} : new long[] {rows, columns};
  }

  static Step of(MatVec w, int threads) {
    var graph = new Graph();
    int n = w.size();
    graph.output(graph.node("MatMul", Map.of(), graph.input("a", n, n), graph.input("b", n)), n);
    return new Inference(graph, threads, n).with("a", 1, n, n).with("b", 2, n);
  }

  static Step of(BatchedMatMul w, int threads) {
    var graph = new Graph();
    long[] aSizes = {w.batch(), w.rows(), w.inner()};
    long[] bSizes = {w.batch(), w.inner(), w.columns()};
    long[] sizes = {w.batch(), w.rows(), w.columns()};
    graph.output(
        graph.node("MatMul", Map.of(), graph.input("a", aSizes), graph.input("b", bSizes)), sizes);
    return new Inference(graph, threads, sizes).with("a", 1, aSizes).with("b", 2, bSizes);
  }
}
