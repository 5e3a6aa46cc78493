package org.lawu.benchmarks.lawu;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lawu.benchmarks.workload.Library;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Worker;
import org.lawu.benchmarks.workload.Workload;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.parallel.Parallel;

/** Lawu. */
public final class Lawu implements Library {
  private Lawu() {}

  /** Runs as a worker; the property {@code lawu.threads} sets the threads. */
  public static void main(String[] args) throws IOException {
    Worker.serve(new Lawu());
  }

  @Override
  public String name() {
    return "lawu";
  }

  @Override
  public String details() {
    return "kernels %s, threads %d".formatted(KernelProvider.description(), Parallel.threads());
  }

  @Override
  public @Nullable Step prepare(Workload workload) throws IOException {
    return switch (workload) {
      case Workload.MatMul product -> MatrixSteps.of(product);
      case Workload.MatVec product -> MatrixSteps.of(product);
      case Workload.BatchedMatMul product -> MatrixSteps.of(product);
      case Workload.Elementwise function -> ElementwiseSteps.of(function);
      case Workload.MlpStep step -> MlpSteps.of(step);
      case Workload.CnnStep step -> ImageSteps.of(step);
      case Workload.CnnForward forward -> ImageSteps.of(forward);
      case Workload.ResidualBlockStep step -> ImageSteps.of(step);
      case Workload.InvertedResidualStep step -> ImageSteps.of(step);
      case Workload.TextLstmStep step -> SequenceSteps.of(step);
      case Workload.EncoderForward forward -> SequenceSteps.of(forward);
      case Workload.EncoderStep step -> SequenceSteps.of(step);
      case Workload.MnistEpoch epoch ->
          MnistEpochs.of(epoch, Path.of(System.getProperty("lawu.root", ".")));
      case Workload.ColdStart _ -> null;
    };
  }

  @Override
  public Long peak(Workload workload) throws IOException {
    return HeapPeak.of(() -> step(workload));
  }

  /** A workload that has steps, alone. */
  static Step step(Workload workload) throws IOException {
    Step step = new Lawu().prepare(workload);
    if (step == null) {
      throw new IllegalArgumentException(workload.name() + " has no steps");
    }
    return step;
  }

  @Override
  public boolean writeModel(Path file) throws IOException {
    MlpSteps.model().save(file);
    return true;
  }
}
