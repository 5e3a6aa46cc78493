package org.lawu.benchmarks.kernel;

import java.util.concurrent.TimeUnit;
import org.lawu.internal.kernel.Kernels;
import org.lawu.internal.kernel.Matrix;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Matrix products: those of a training step of a small network (forward with the transposed weight,
 * gradients of the weight and of the input), of inference on one example, and square ones. {@code
 * operations} counts floating-point operations: divided by 1e9, GFLOP/s. One thread or more: {@code
 * -jvmArgsPrepend -Dlawu.threads=1}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class GemmBenchmark {

  /** Which kernels run. */
  @Param({"scalar", "vector"})
  public String kernels = "";

  /** Rows, depth and columns; N or T: whether A and B are as they are or transposed. */
  @Param({
    "32x784x128 NT",
    "128x32x784 TN",
    "32x128x784 NN",
    "32x128x10 NT",
    "784x32x128 TN",
    "1x784x128 NT",
    "784x128x1 NN",
    "64x64x64 NN",
    "128x128x128 NN",
    "256x256x256 NN",
    "512x512x512 NN",
    "1024x1024x1024 NN",
    "1024x1024x1024 NT"
  })
  public String size = "";

  private Kernels kernel = KernelChoice.of("scalar");
  private int m;
  private int k;
  private int n;
  private Matrix a = matrix(0, 0, false);
  private Matrix b = a;
  private Matrix c = a;

  /** Floating-point operations of a second. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    /** Done since the iteration began. */
    public double operations;

    /** Starts counting. */
    @Setup(Level.Iteration)
    public void reset() {
      operations = 0;
    }
  }

  /** Makes the operands. */
  @Setup
  public void setUp() {
    kernel = KernelChoice.of(kernels);
    int space = size.indexOf(' ');
    String[] sizes = size.substring(0, space).split("x", -1);
    m = Integer.parseInt(sizes[0]);
    k = Integer.parseInt(sizes[1]);
    n = Integer.parseInt(sizes[2]);
    a = matrix(m, k, size.charAt(space + 1) == 'T');
    b = matrix(k, n, size.charAt(space + 2) == 'T');
    c = matrix(m, n, false);
  }

  private static Matrix matrix(int rows, int columns, boolean transposed) {
    float[] data = KernelChoice.numbers(rows * columns);
    return new Matrix(data, 0, transposed ? 1 : columns, transposed ? rows : 1);
  }

  /** {@code C = A B}. */
  @Benchmark
  public float[] gemm(Work work) {
    kernel.gemm(m, n, k, a, b, c, false);
    work.operations += 2.0 * m * n * k;
    return c.data;
  }
}
