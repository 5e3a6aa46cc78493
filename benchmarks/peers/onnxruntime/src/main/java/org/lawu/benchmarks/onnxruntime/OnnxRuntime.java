package org.lawu.benchmarks.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lawu.benchmarks.workload.Library;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Worker;
import org.lawu.benchmarks.workload.Workload;

/** ONNX Runtime, which infers and does not train. */
public final class OnnxRuntime implements Library {
  private final int threads;

  private OnnxRuntime(int threads) {
    this.threads = threads;
  }

  /** Runs as a worker; the argument is the number of threads. */
  public static void main(String[] args) throws IOException {
    Worker.serve(new OnnxRuntime(Integer.parseInt(args[0])));
  }

  @Override
  public String name() {
    return "onnxruntime-1.29";
  }

  @Override
  public String details() {
    return "com.microsoft.onnxruntime:onnxruntime "
        + OrtEnvironment.getEnvironment().getVersion()
        + ", all optimizations, threads "
        + threads;
  }

  @Override
  public @Nullable Step prepare(Workload workload) {
    return switch (workload) {
      case Workload.MatMul product -> Products.of(product, threads);
      case Workload.MatVec product -> Products.of(product, threads);
      case Workload.BatchedMatMul product -> Products.of(product, threads);
      case Workload.Elementwise function -> Functions.of(function, threads);
      case Workload.CnnForward forward -> Networks.of(forward, threads);
      case Workload.EncoderForward forward -> Encoder.of(forward, threads);
      default -> null;
    };
  }

  @Override
  public boolean writeModel(Path file) throws IOException {
    Files.write(file, Networks.mlp().toBytes());
    return true;
  }
}
