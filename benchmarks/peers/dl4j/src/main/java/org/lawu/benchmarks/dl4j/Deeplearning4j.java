package org.lawu.benchmarks.dl4j;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.lawu.benchmarks.workload.Library;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Worker;
import org.lawu.benchmarks.workload.Workload;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j and ND4J. */
public final class Deeplearning4j implements Library {
  private final int threads;

  private Deeplearning4j(int threads) {
    this.threads = threads;
  }

  /** Runs as a worker; OMP_NUM_THREADS sets the threads, the argument is for the table. */
  public static void main(String[] args) throws IOException {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    Worker.serve(new Deeplearning4j(Integer.parseInt(args[0])));
  }

  @Override
  public String name() {
    return "dl4j-1.0.0-M2.1";
  }

  @Override
  public String details() {
    return "nd4j-native 1.0.0-M2.1 avx512, %s, threads %d"
        .formatted(
            Nd4j.getExecutioner().getEnvironmentInformation().getProperty("blas.vendor"), threads);
  }

  @Override
  public @Nullable Step prepare(Workload workload) {
    return switch (workload) {
      case Workload.MatMul product -> Computation.of(product);
      case Workload.Elementwise function -> Computation.of(function);
      case Workload.TextLstmStep step -> new TextClassifier(step);
      default -> null;
    };
  }
}
