package org.lawu.benchmarks.tensorflow;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.lawu.benchmarks.workload.Library;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Worker;
import org.lawu.benchmarks.workload.Workload;
import org.tensorflow.TensorFlow;

/** TensorFlow Java. */
public final class TensorFlowJava implements Library {
  private final int threads;

  private TensorFlowJava(int threads) {
    this.threads = threads;
  }

  /** Runs as a worker; the argument is the number of threads. */
  public static void main(String[] args) throws IOException {
    Worker.serve(new TensorFlowJava(Integer.parseInt(args[0])));
  }

  @Override
  public String name() {
    return "tensorflow-" + TensorFlow.version();
  }

  @Override
  public String details() {
    return "org.tensorflow:tensorflow-core 1.1.0, threads " + threads;
  }

  @Override
  public @Nullable Step prepare(Workload workload) {
    return switch (workload) {
      case Workload.MatMul product -> Products.of(product, threads);
      case Workload.BatchedMatMul product -> Products.of(product, threads);
      case Workload.Elementwise function -> Functions.of(function, threads);
      case Workload.MlpStep step -> Networks.of(step, threads);
      case Workload.CnnStep step -> Networks.of(step, threads);
      case Workload.CnnForward forward -> Networks.of(forward, threads);
      default -> null;
    };
  }
}
