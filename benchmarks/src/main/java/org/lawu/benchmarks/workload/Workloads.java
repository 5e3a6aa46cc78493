package org.lawu.benchmarks.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lawu.benchmarks.workload.Workload.BatchedMatMul;
import org.lawu.benchmarks.workload.Workload.CnnForward;
import org.lawu.benchmarks.workload.Workload.CnnStep;
import org.lawu.benchmarks.workload.Workload.ColdStart;
import org.lawu.benchmarks.workload.Workload.Elementwise;
import org.lawu.benchmarks.workload.Workload.EncoderForward;
import org.lawu.benchmarks.workload.Workload.EncoderStep;
import org.lawu.benchmarks.workload.Workload.Function;
import org.lawu.benchmarks.workload.Workload.InvertedResidualStep;
import org.lawu.benchmarks.workload.Workload.MatMul;
import org.lawu.benchmarks.workload.Workload.MatVec;
import org.lawu.benchmarks.workload.Workload.MlpStep;
import org.lawu.benchmarks.workload.Workload.MnistEpoch;
import org.lawu.benchmarks.workload.Workload.ResidualBlockStep;
import org.lawu.benchmarks.workload.Workload.TextLstmStep;

/** All workloads, in the order of the table. */
public final class Workloads {
  private static final List<Workload> ALL =
      List.of(
          square(64),
          square(127),
          square(128),
          square(256),
          square(512),
          square(1024),
          square(2048),
          // Thin layers: a product of little depth, then the three of a training step of
          // Dense(784, 128).
          new MatMul("sgemm-1000x10x784", 1000, 10, 784, false, false),
          new MatMul("sgemm-32x784x128", 32, 784, 128, false, false),
          new MatMul("sgemm-32x784x128-tb", 32, 784, 128, false, true),
          new MatMul("sgemm-784x32x128-ta", 784, 32, 128, true, false),
          new MatMul("sgemm-1024-ta", 1024, 1024, 1024, true, false),
          new MatMul("sgemm-1024-tb", 1024, 1024, 1024, false, true),
          new MatVec("gemv-4096", 4096),
          new BatchedMatMul("bmm-384x128x32x128", 384, 128, 32, 128),
          new Elementwise("add-4M", Function.ADD, 4096, 1024),
          new Elementwise("exp-4M", Function.EXP, 4096, 1024),
          new Elementwise("tanh-4M", Function.TANH, 4096, 1024),
          new Elementwise("sum-4M", Function.SUM, 4096, 1024),
          new Elementwise("muladd-4M", Function.MULTIPLY_ADD, 4096, 1024),
          new Elementwise("gelu-4M", Function.GELU, 4096, 1024),
          new Elementwise("broadcast-add-4096x1024", Function.BROADCAST_ADD, 4096, 1024),
          new Elementwise("softmax-4096x1024", Function.SOFTMAX, 4096, 1024),
          new Elementwise("layernorm-4096x768", Function.LAYER_NORM, 4096, 768),
          new MlpStep("mnist-mlp-step-b32", 32),
          new MlpStep("mnist-mlp-step-b128", 128),
          new MlpStep("mnist-mlp-step-b512", 512),
          new CnnStep("mnist-cnn-step-b64", 64),
          new CnnForward("mnist-cnn-forward-b64", 64),
          new ResidualBlockStep("resnet-block-step-b32", 32),
          new InvertedResidualStep("mobilenet-block-step-b32", 32),
          new TextLstmStep("text-lstm-step-b32-t100", 32, 100),
          new TextLstmStep("text-lstm-step-b32-t500", 32, 500),
          new EncoderForward("encoder-forward-b1", 1),
          new EncoderForward("encoder-forward-b8", 8),
          new EncoderForward("encoder-forward-b32", 32),
          new EncoderStep("encoder-train-step-b8", 8),
          new ColdStart("mnist-mlp-cold-start"),
          new MnistEpoch("mnist-epoch", 32));

  private Workloads() {}

  private static Workload square(int size) {
    return new MatMul("sgemm-" + size, size, size, size, false, false);
  }

  /** All. */
  public static List<Workload> all() {
    return ALL;
  }

  /**
   * Those that match a name, in which {@code *} stands for anything: {@code sgemm-*}.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static List<Workload> matching(String pattern) {
    List<String> literal = new ArrayList<>();
    for (String part : pattern.split("\\*", -1)) {
      literal.add(Pattern.quote(part));
    }
    String expression = String.join(".*", literal);
    List<Workload> matching = ALL.stream().filter(w -> w.name().matches(expression)).toList();
    if (matching.isEmpty()) {
      throw new IllegalArgumentException(
          "bench: there is no workload '%s'; the workloads are %s"
              .formatted(pattern, String.join(", ", ALL.stream().map(Workload::name).toList())));
    }
    return matching;
  }

  /**
   * Those that match names with commas between, each once: {@code sgemm-*,exp-4M}.
   *
   * @throws IllegalArgumentException if there are none for one of the names
   */
  public static List<Workload> listed(String names) {
    return Stream.of(names.split(",", -1))
        .flatMap(name -> matching(name).stream())
        .distinct()
        .toList();
  }

  /**
   * Those that the arguments of a command list, or all training steps.
   *
   * @throws IllegalArgumentException if there are none for one of the names
   */
  public static List<Workload> steps(List<String> arguments) {
    return listed(arguments.isEmpty() ? "*-step-*" : String.join(",", arguments));
  }
}
