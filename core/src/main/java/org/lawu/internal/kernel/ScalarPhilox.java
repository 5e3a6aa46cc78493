package org.lawu.internal.kernel;

import static org.lawu.internal.kernel.Philox4x32.MULTIPLIER_0;
import static org.lawu.internal.kernel.Philox4x32.MULTIPLIER_1;
import static org.lawu.internal.kernel.Philox4x32.ROUNDS;
import static org.lawu.internal.kernel.Philox4x32.WEYL_0;
import static org.lawu.internal.kernel.Philox4x32.WEYL_1;
import static org.lawu.internal.kernel.Philox4x32.WORD;

/**
 * Many blocks of {@link Philox4x32} at once: loops over arrays of lanes, which the JIT compiler
 * turns into SIMD code. The 32-bit words are kept in longs, without a sign.
 */
final class ScalarPhilox {
  /** Blocks at a time. */
  private static final int COUNT = 128;

  private final long[] c0 = new long[COUNT];
  private final long[] c1 = new long[COUNT];
  private final long[] c2 = new long[COUNT];
  private final long[] c3 = new long[COUNT];

  private ScalarPhilox() {}

  /** See {@link Kernels#bernoulli}. */
  static void bernoulli(long key, long counter, long threshold, float[] out, int at, int n) {
    var several = new ScalarPhilox();
    for (int i = 0; i < n; i += 4 * COUNT) {
      several.compute(key, counter + i / 4);
      several.writeBelow(threshold, out, at + i, Math.min(at + n, at + i + 4 * COUNT));
    }
  }

  /** The blocks from a counter on. */
  private void compute(long key, long counter) {
    for (int i = 0; i < COUNT; i++) {
      long low = counter + i;
      c0[i] = low & WORD;
      c1[i] = low >>> 32;
      c2[i] = 0;
      c3[i] = 0;
    }
    int key0 = (int) key;
    int key1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      round(key0 & WORD, key1 & WORD);
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
  }

  private void round(long key0, long key1) {
    long[] w0 = c0;
    long[] w1 = c1;
    long[] w2 = c2;
    long[] w3 = c3;
    for (int i = 0; i < COUNT; i++) {
      long product0 = MULTIPLIER_0 * w0[i];
      long product1 = MULTIPLIER_1 * w2[i];
      w0[i] = (product1 >>> 32) ^ w1[i] ^ key0;
      w2[i] = (product0 >>> 32) ^ w3[i] ^ key1;
      w1[i] = product1 & WORD;
      w3[i] = product0 & WORD;
    }
  }

  /** Writes 1 for each word below a threshold and 0 for the others, block by block. */
  private void writeBelow(long threshold, float[] out, int from, int to) {
    int at = from;
    for (int i = 0; i < COUNT && at < to; i++, at += 4) {
      out[at] = below(c0[i], threshold);
      if (at + 3 < to) {
        out[at + 1] = below(c1[i], threshold);
        out[at + 2] = below(c2[i], threshold);
        out[at + 3] = below(c3[i], threshold);
      } else {
        writeRest(threshold, i, out, at, to);
      }
    }
  }

  private void writeRest(long threshold, int i, float[] out, int at, int to) {
    long[] words = {c0[i], c1[i], c2[i], c3[i]};
    for (int j = at; j < to; j++) {
      out[j] = below(words[j - at], threshold);
    }
  }

  /** Without a branch, which could not be predicted: the sign of the difference. */
  private static float below(long word, long threshold) {
    return (word - threshold) >>> 63;
  }
}
