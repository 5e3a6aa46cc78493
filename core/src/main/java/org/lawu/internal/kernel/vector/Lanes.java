package org.lawu.internal.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kinds of vectors, and the sum of their lanes in a fixed order: the upper half onto the lower, and
 * so on. That of {@code reduceLanes(ADD)} is not fixed, and does change when the JIT compiler takes
 * over from the interpreter.
 */
final class Lanes {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int COUNT = SPECIES.length();

  /**
   * For loops that do next to nothing but read and write: at most 256 bits. The elements of Java's
   * arrays begin 16 bytes into a cache line, so that every access of 512 bits crosses into another
   * line, but only every second of 256. On an AMD Zen 4 adding two arrays of 16 MB is a seventh
   * faster, and summing one a tenth.
   */
  static final VectorSpecies<Float> STREAM = COUNT > 8 ? FloatVector.SPECIES_256 : SPECIES;

  private static final VectorShuffle<Float> BY_8 = rotation(SPECIES, 8);
  private static final VectorShuffle<Float> BY_4 = rotation(SPECIES, 4);
  private static final VectorShuffle<Float> BY_2 = rotation(SPECIES, 2);
  private static final VectorShuffle<Float> BY_1 = rotation(SPECIES, 1);

  private static final VectorShuffle<Float> STREAM_BY_4 = rotation(STREAM, 4);
  private static final VectorShuffle<Float> STREAM_BY_2 = rotation(STREAM, 2);
  private static final VectorShuffle<Float> STREAM_BY_1 = rotation(STREAM, 1);

  private Lanes() {}

  private static VectorShuffle<Float> rotation(VectorSpecies<Float> species, int by) {
    return VectorShuffle.iota(species, by % species.length(), 1, true);
  }

  /** Of a vector of {@link #STREAM}. */
  static float sumStream(FloatVector x) {
    FloatVector s = x;
    if (STREAM.length() == 8) {
      s = s.add(s.rearrange(STREAM_BY_4));
    }
    s = s.add(s.rearrange(STREAM_BY_2));
    return s.add(s.rearrange(STREAM_BY_1)).lane(0);
  }

  /** Of a vector of the preferred species. */
  static float sum(FloatVector x) {
    FloatVector s = x;
    if (COUNT > 16) {
      return wide(x.toArray());
    }
    if (COUNT == 16) {
      s = s.add(s.rearrange(BY_8));
    }
    if (COUNT >= 8) {
      s = s.add(s.rearrange(BY_4));
    }
    s = s.add(s.rearrange(BY_2));
    return s.add(s.rearrange(BY_1)).lane(0);
  }

  /** For vectors longer than 512 bits, as SVE may have them. */
  private static float wide(float[] x) {
    for (int width = COUNT / 2; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) {
        x[i] += x[i + width];
      }
    }
    return x[0];
  }
}
