package org.lawu.random;

import static org.lawu.internal.kernel.Philox4x32.MULTIPLIER_0;
import static org.lawu.internal.kernel.Philox4x32.MULTIPLIER_1;
import static org.lawu.internal.kernel.Philox4x32.ROUNDS;
import static org.lawu.internal.kernel.Philox4x32.WEYL_0;
import static org.lawu.internal.kernel.Philox4x32.WEYL_1;
import static org.lawu.internal.kernel.Philox4x32.WORD;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.lawu.error.ArgumentException;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.parallel.Parallel;

/**
 * Philox4x32-10, the counter-based generator of Salmon et al., "Parallel random numbers: as easy as
 * 1, 2, 3" (SC 2011). Block {@code i} of four 32-bit numbers is a function of the seed and {@code
 * i} alone, so arrays are filled by any number of threads with the same result, and the whole state
 * is a seed and a position.
 *
 * <p>Safe for use by several threads at once, though they then share its sequence in an order that
 * is theirs to make; {@link #split()} gives each its own.
 */
public final class Philox implements RandomGenerator {
  private static final int BLOCK = 4;

  /** Blocks below which a thread is not worth its start. */
  private static final int GRAIN = 1 << 11;

  private final long seed;
  private final AtomicLong position;

  /** Where a generator stands; {@link Philox#Philox(State)} continues from here. */
  public record State(long seed, long position) {}

  /** A generator at the start of the sequence of a seed. */
  public Philox(long seed) {
    this(new State(seed, 0));
  }

  /** A generator that continues from a state. */
  public Philox(State state) {
    this.seed = state.seed();
    this.position = new AtomicLong(state.position());
  }

  /** The present state. */
  public State state() {
    return new State(seed, position.get());
  }

  /** A generator with a sequence of its own, which depends on this one's seed and position. */
  public Philox split() {
    return new Philox(nextLong());
  }

  @Override
  public int nextInt() {
    int[] block = new int[BLOCK];
    block(position.getAndIncrement(), block);
    return block[0];
  }

  @Override
  public long nextLong() {
    int[] block = new int[BLOCK];
    block(position.getAndIncrement(), block);
    return ((long) block[0] << 32) | (block[1] & WORD);
  }

  /** Fills an array with numbers uniform in {@code [low, high)}. */
  public void fillUniform(float[] out, float low, float high) {
    if (!(low < high)) {
      throw new ArgumentException("uniform: low must be below high, got " + low + " and " + high);
    }
    float width = high - low;
    fill(
        out.length,
        (block, at, count) -> {
          for (int i = 0; i < count; i++) {
            float value = low + width * unit(block[i]);
            // Rounding may reach the end that the interval leaves out.
            out[at + i] = value < high ? value : Math.max(low, Math.nextDown(high));
          }
        });
  }

  /**
   * Fills an array with normally distributed numbers, two from two uniform ones by the method of
   * Box and Muller (1958).
   */
  public void fillNormal(float[] out, float mean, float standardDeviation) {
    if (!(standardDeviation >= 0)) {
      throw new ArgumentException(
          "normal: the standard deviation must not be negative, got " + standardDeviation);
    }
    fill(
        out.length,
        (block, at, count) -> {
          for (int i = 0; i < count; i += 2) {
            // In (0, 1], so that the logarithm is finite.
            double radius = Math.sqrt(-2 * Math.log(((block[i] >>> 8) + 1) * 0x1p-24));
            double angle = 2 * Math.PI * unit(block[i + 1]);
            out[at + i] = (float) (mean + standardDeviation * radius * Math.cos(angle));
            if (i + 1 < count) {
              out[at + i + 1] = (float) (mean + standardDeviation * radius * Math.sin(angle));
            }
          }
        });
  }

  /** Fills an array with 1 with the given probability and 0 otherwise. */
  public void fillBernoulli(float[] out, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new ArgumentException(
          "bernoulli: the probability must be in [0, 1], got " + probability);
    }
    // 32 random bits as an unsigned number are below this with the given probability.
    long threshold = Math.round(probability * 0x1p32);
    int blocks = (out.length + BLOCK - 1) / BLOCK;
    long start = position.getAndAdd(blocks);
    var kernels = KernelProvider.kernels();
    Parallel.range(
        blocks,
        GRAIN,
        (from, to) -> {
          int at = from * BLOCK;
          int n = Math.min(out.length, to * BLOCK) - at;
          kernels.bernoulli(seed, start + from, threshold, out, at, n);
        });
  }

  /** The numbers 0 to {@code n - 1} in random order (Fisher and Yates, Durstenfeld's form). */
  public int[] permutation(int n) {
    if (n < 0) {
      throw new ArgumentException("permutation: n must not be negative, got " + n);
    }
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /**
   * Uses a block of four random numbers for the elements from {@code at}, {@code count} of them.
   */
  @FunctionalInterface
  private interface BlockUse {
    void use(int[] block, int at, int count);
  }

  private void fill(int n, BlockUse use) {
    int blocks = (n + BLOCK - 1) / BLOCK;
    long start = position.getAndAdd(blocks);
    Parallel.range(
        blocks,
        GRAIN,
        (from, to) -> {
          int[] block = new int[BLOCK];
          for (int i = from; i < to; i++) {
            block(start + i, block);
            use.use(block, i * BLOCK, Math.min(BLOCK, n - i * BLOCK));
          }
        });
  }

  /** The upper 24 bits as a float in [0, 1). */
  private static float unit(int bits) {
    return (bits >>> 8) * 0x1p-24f;
  }

  private void block(long counter, int[] out) {
    block(seed, counter, 0, out);
  }

  /** Ten rounds on the counter {@code (low, high)} under the key. */
  static void block(long key, long low, long high, int[] out) {
    int c0 = (int) low;
    int c1 = (int) (low >>> 32);
    int c2 = (int) high;
    int c3 = (int) (high >>> 32);
    int key0 = (int) key;
    int key1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (c0 & WORD);
      long product1 = MULTIPLIER_1 * (c2 & WORD);
      c0 = (int) (product1 >>> 32) ^ c1 ^ key0;
      c2 = (int) (product0 >>> 32) ^ c3 ^ key1;
      c1 = (int) product1;
      c3 = (int) product0;
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
  }
}
