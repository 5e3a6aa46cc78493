package org.lawu.benchmarks.kernel;

import java.util.concurrent.TimeUnit;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.internal.kernel.Kernels;
import org.lawu.internal.kernel.ReduceFunction;
import org.lawu.internal.kernel.UnaryFunction;
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

/** One pass over four million numbers, and over few enough to stay in the cache, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ElementwiseBenchmark {

  private static final int COLUMNS = 1024;

  /** Which kernels run. */
  @Param({"scalar", "vector"})
  public String kernels = "";

  /** How many numbers. */
  @Param({"4096", "4194304"})
  public int size = COLUMNS;

  private Kernels kernel = KernelChoice.of("scalar");
  private float[] x = {};
  private float[] y = {};
  private float[] out = {};

  /** Makes the operands. */
  @Setup
  public void setUp() {
    kernel = KernelChoice.of(kernels);
    x = KernelChoice.numbers(size);
    y = KernelChoice.numbers(size);
    out = new float[size];
  }

  private float[] unary(UnaryFunction function) {
    kernel.unary(function, 0, 0, x, 0, out, 0, size);
    return out;
  }

  /** {@code x + y}. */
  @Benchmark
  public float[] add() {
    kernel.binary(BinaryFunction.ADD, x, 0, 1, y, 0, 1, out, 0, size);
    return out;
  }

  /** {@code e^x}. */
  @Benchmark
  public float[] exp() {
    return unary(UnaryFunction.EXP);
  }

  /** Hyperbolic tangent. */
  @Benchmark
  public float[] tanh() {
    return unary(UnaryFunction.TANH);
  }

  /** {@code x Phi(x)}. */
  @Benchmark
  public float[] gelu() {
    return unary(UnaryFunction.GELU);
  }

  /** The sum of all. */
  @Benchmark
  public float sum() {
    return kernel.reduce(ReduceFunction.SUM, x, 0, size);
  }

  /** Softmax of rows of 1024. */
  @Benchmark
  public float[] softmax() {
    kernel.softmax(x, 0, out, 0, size / COLUMNS, COLUMNS);
    return out;
  }
}
