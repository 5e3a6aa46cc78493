package org.lawu.benchmarks.netlib;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.lawu.benchmarks.workload.Library;
import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Worker;
import org.lawu.benchmarks.workload.Workload;

/** BLAS in Java with the Vector API; one thread. */
public final class VectorBlas implements Library {
  private final BLAS blas = JavaBLAS.getInstance();

  private VectorBlas() {}

  /** Runs as a worker; the number of threads, the argument, changes nothing. */
  public static void main(String[] args) throws IOException {
    Worker.serve(new VectorBlas());
  }

  @Override
  public String name() {
    return "netlib-vectorblas-3.2";
  }

  @Override
  public String details() {
    return "dev.ludovic.netlib:blas 3.2.0, %s, one thread"
        .formatted(blas.getClass().getSimpleName());
  }

  @Override
  public @Nullable Step prepare(Workload workload) {
    return switch (workload) {
      case Workload.MatMul product -> product(product);
      case Workload.MatVec product -> product(product);
      default -> null;
    };
  }

  /** BLAS sees matrices by columns, so it is given {@code C^T = B^T A^T}. */
  private Step product(Workload.MatMul w) {
    int m = w.rows();
    int k = w.inner();
    int n = w.columns();
    float[] a = Numbers.symmetric(1, m * k);
    float[] b = Numbers.symmetric(2, k * n);
    float[] c = new float[m * n];
    String transB = w.transposedB() ? "T" : "N";
    String transA = w.transposedA() ? "T" : "N";
    int bLead = w.transposedB() ? k : n;
    int aLead = w.transposedA() ? m : k;
    return new Into(c, () -> blas.sgemm(transB, transA, n, m, k, 1, b, bLead, a, aLead, 0, c, n));
  }

  private Step product(Workload.MatVec w) {
    int n = w.size();
    float[] matrix = Numbers.symmetric(1, n * n);
    float[] vector = Numbers.symmetric(2, n);
    float[] result = new float[n];
    return new Into(result, () -> blas.sgemv("T", n, n, 1, matrix, n, vector, 1, 0, result, 1));
  }

  /** Writes to an array. */
  private record Into(float[] result, Runnable computation) implements Step {
    @Override
    public void run() {
      computation.run();
    }

    @Override
    public double check() {
      run();
      return Numbers.meanMagnitude(result);
    }
  }
}
