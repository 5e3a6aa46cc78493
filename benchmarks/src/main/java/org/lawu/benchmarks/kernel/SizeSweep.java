package org.lawu.benchmarks.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.internal.kernel.Kernels;
import org.lawu.internal.kernel.Matrix;
import org.lawu.internal.kernel.ReduceFunction;
import org.lawu.internal.kernel.UnaryFunction;
import org.lawu.internal.parallel.Parallel;

/**
 * Looks for sizes at which a kernel is much slower than at the sizes next to it. A size is as many
 * times too slow as it takes longer than one of the next sixteen larger ones, or as its time for a
 * unit of work exceeds that of the size before it, whichever is more. Times are the least of
 * several; a size that looks slow is measured again, in the company of its neighbours, before it
 * counts.
 */
public final class SizeSweep {
  private static final int LARGEST = 1 << 22;
  private static final int AHEAD = 16;
  private static final double SUSPICIOUS = 2.5;
  private static final double SLOW = 3;
  private static final double CLIFF = 10;

  /** Long enough for the clock. */
  private static final long SAMPLE_NANOSECONDS = 20_000;

  private static final long WARM_UP_NANOSECONDS = 300_000_000;
  private static final int ROUNDS = 3;
  private static final int SAMPLES = 5;
  private static final int MORE_SAMPLES = 40;

  /** The number that the last of the kernels without an array gave. */
  private static volatile float result;

  private final Kernels kernels;
  private final float[] x = KernelChoice.numbers(LARGEST);
  private final float[] y = KernelChoice.numbers(LARGEST);
  private final float[] out = new float[LARGEST];

  private SizeSweep(Kernels kernels) {
    this.kernels = kernels;
  }

  /** A kernel at a size. */
  @FunctionalInterface
  private interface Sized {
    void run(int size);
  }

  /** The units of work of a size. */
  @FunctionalInterface
  private interface Work {
    double of(int size);
  }

  /** Sweeps the kernels in force, or those that are named: {@code scalar} or {@code vector}. */
  public static void main(String[] args) {
    Kernels kernels = KernelChoice.of(args.length == 0 ? "vector" : args[0]);
    System.out.printf("kernels %s, %d threads%n", kernels.name(), Parallel.threads());
    System.out.println("| kernel | sizes | most times too slow | at | sizes above 3 |");
    System.out.println("| --- | --- | --- | --- | --- |");
    new SizeSweep(kernels).run();
  }

  private void run() {
    int[] matrices =
        IntStream.concat(
                IntStream.rangeClosed(1, 300),
                IntStream.of(383, 384, 385, 511, 512, 513, 767, 768, 769, 1023, 1024, 1025))
            .toArray();
    int[] lengths =
        IntStream.concat(
                IntStream.rangeClosed(1, 4096), IntStream.rangeClosed(13, 22).map(p -> 1 << p))
            .toArray();
    int[] columns = IntStream.rangeClosed(1, 4096).toArray();
    Work cube = n -> (double) n * n * n;
    sweep("gemm, square", matrices, cube, n -> gemm(n, n, n, false));
    sweep("gemm, square, B transposed", matrices, cube, n -> gemm(n, n, n, true));
    Work one = n -> n;
    sweep("gemm, 32 x 128 x n", matrices, one, n -> gemm(32, n, 128, false));
    sweep("gemm, n x 128 x 32, B transposed", matrices, one, n -> gemm(n, 32, 128, true));
    sweep("gemm, 32 x n x 32", matrices, one, n -> gemm(32, 32, n, false));
    sweep(
        "add", lengths, one, n -> kernels.binary(BinaryFunction.ADD, x, 0, 1, y, 0, 1, out, 0, n));
    sweep("exp", lengths, one, n -> kernels.unary(UnaryFunction.EXP, 0, 0, x, 0, out, 0, n));
    sweep("tanh", lengths, one, n -> kernels.unary(UnaryFunction.TANH, 0, 0, x, 0, out, 0, n));
    sweep("gelu", lengths, one, n -> kernels.unary(UnaryFunction.GELU, 0, 0, x, 0, out, 0, n));
    sweep("sum", lengths, one, n -> result = kernels.reduce(ReduceFunction.SUM, x, 0, n));
    sweep("softmax of 8 rows", columns, one, n -> kernels.softmax(x, 0, out, 0, 8, n));
  }

  private void gemm(int m, int n, int k, boolean transposed) {
    Matrix a = new Matrix(x, 0, k, 1);
    Matrix b = new Matrix(y, 0, transposed ? 1 : n, transposed ? k : 1);
    kernels.gemm(m, n, k, a, b, new Matrix(out, 0, n, 1), false);
  }

  private static void sweep(String name, int[] sizes, Work work, Sized kernel) {
    // The JIT compiler sees all paths first.
    for (int round = 0; round < 3; round++) {
      measure(sizes, kernel, 1);
    }
    double[] times = measure(sizes, kernel, SAMPLES);
    int worst = 0;
    double most = 0;
    int slow = 0;
    List<String> cliffs = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      for (int round = 0; round < ROUNDS && excess(i, sizes, times, work) > SUSPICIOUS; round++) {
        again(i, sizes, times, kernel);
      }
      double excess = excess(i, sizes, times, work);
      if (excess > most) {
        most = excess;
        worst = i;
      }
      if (excess > SLOW) {
        slow++;
      }
      if (excess > CLIFF) {
        cliffs.add(String.format(Locale.ROOT, "cliff at %d: %.1f", sizes[i], excess));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %d to %d | %.1f | %d | %d |%n",
        name,
        sizes[0],
        sizes[sizes.length - 1],
        most,
        sizes[worst],
        slow);
    cliffs.forEach(System.out::println);
  }

  private static double[] measure(int[] sizes, Sized kernel, int samples) {
    return Arrays.stream(sizes).mapToDouble(size -> time(size, kernel, samples)).toArray();
  }

  /**
   * Measures a size and its neighbours for longer, and keeps what is less. What few sizes use may
   * not have been compiled yet.
   */
  private static void again(int i, int[] sizes, double[] times, Sized kernel) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < WARM_UP_NANOSECONDS) {
      kernel.run(sizes[i]);
    }
    for (int j = Math.max(0, i - 1); j <= Math.min(i + AHEAD, sizes.length - 1); j++) {
      times[j] = Math.min(times[j], time(sizes[j], kernel, j <= i ? MORE_SAMPLES : SAMPLES));
    }
  }

  private static double excess(int i, int[] sizes, double[] times, Work work) {
    double excess = 0;
    for (int j = i + 1; j <= Math.min(i + AHEAD, sizes.length - 1); j++) {
      excess = Math.max(excess, times[i] / times[j]);
    }
    if (i > 0) {
      double before = times[i - 1] / work.of(sizes[i - 1]);
      excess = Math.max(excess, times[i] / work.of(sizes[i]) / before);
    }
    return excess;
  }

  /** Nanoseconds of a call: the least of some samples, each of as many calls as the clock needs. */
  private static double time(int size, Sized kernel, int samples) {
    int calls = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int sample = 0; sample < samples; ) {
      long start = System.nanoTime();
      for (int call = 0; call < calls; call++) {
        kernel.run(size);
      }
      long elapsed = System.nanoTime() - start;
      if (elapsed < SAMPLE_NANOSECONDS / 2 && calls < 1 << 20) {
        calls *= 2;
      } else {
        least = Math.min(least, (double) elapsed / calls);
        sample++;
      }
    }
    return least;
  }
}
