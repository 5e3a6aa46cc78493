package org.lawu.benchmarks.pytorch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.lawu.benchmarks.workload.Library;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Worker;
import org.lawu.benchmarks.workload.Workload;

/** PyTorch 2.10 with MKL. */
public final class PyTorch implements Library {
  private final int threads;
  private final boolean flushToZero;

  private PyTorch(int threads, boolean flushToZero) {
    this.threads = threads;
    this.flushToZero = flushToZero;
  }

  /**
   * Runs as a worker. The arguments are the number of threads and, to have subnormal numbers
   * flushed, {@code flush-to-zero}.
   */
  public static void main(String[] args) throws IOException {
    int threads = Integer.parseInt(args[0]);
    boolean flushToZero = args.length > 1 && args[1].equals("flush-to-zero");
    // Threads inherit this setting from the one that starts them, so it comes first.
    if (flushToZero && !Context.setFlushDenormal(true)) {
      throw new IllegalStateException("pytorch: the processor cannot flush subnormal numbers");
    }
    torch.set_num_threads(threads);
    torch.manual_seed(1);
    Worker.serve(new PyTorch(threads, flushToZero));
  }

  @Override
  public String name() {
    return flushToZero ? "pytorch-2.10-mkl-ftz" : "pytorch-2.10-mkl";
  }

  @Override
  public String details() {
    List<String> told = Arrays.asList(torch.show_config().getString().split("\n", -1));
    String libraries =
        String.join(
            ",",
            told.stream()
                .filter(line -> line.contains("Math Kernel") || line.contains("MKL-DNN"))
                .map(line -> line.replaceFirst(" *- *", " ").replaceFirst(" \\(Git.*", ""))
                .toList());
    return "org.bytedeco:pytorch 2.10.0-1.5.13,%s, threads %d".formatted(libraries, threads);
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

  /** The weights as they lie in memory. */
  @Override
  public boolean writeModel(Path file) throws IOException {
    ColdStart.write(file);
    return true;
  }
}
