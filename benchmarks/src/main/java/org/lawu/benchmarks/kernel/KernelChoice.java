package org.lawu.benchmarks.kernel;

import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.kernel.Kernels;
import org.lawu.internal.kernel.ScalarKernels;

/** The kernels that a benchmark names, and no others in their place. */
final class KernelChoice {

  private KernelChoice() {}

  static Kernels of(String name) {
    Kernels kernels = name.equals("scalar") ? new ScalarKernels() : KernelProvider.kernels();
    if (!kernels.name().startsWith(name)) {
      throw new IllegalStateException(name + " was asked for, " + kernels.name() + " would run");
    }
    return kernels;
  }

  static float[] numbers(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = i * 37 % 101 / 50f - 1;
    }
    return x;
  }
}
