package org.lawu.benchmarks.lawu;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workloads;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Whole training steps of the comparison, for {@code -prof gc} and other profilers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xms4g", "-Xmx4g"})
public class StepBenchmark {

  /** The name of a workload. */
  @Param({
    "mnist-mlp-step-b32",
    "mnist-mlp-step-b128",
    "mnist-mlp-step-b512",
    "mnist-cnn-step-b64",
    "resnet-block-step-b32",
    "mobilenet-block-step-b32",
    "text-lstm-step-b32-t100",
    "text-lstm-step-b32-t500",
    "encoder-train-step-b8"
  })
  public String workload = "";

  private @Nullable Step step;

  /** Makes the network and its data. */
  @Setup
  public void setUp() throws IOException {
    step = Lawu.step(Workloads.matching(workload).getFirst());
  }

  /** Forward, backward, update. */
  @Benchmark
  public void run() {
    Objects.requireNonNull(step).run();
  }
}
