package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Max pooling with windows of 2 x 2 side by side, one row of windows at a time: even and odd
 * columns are taken apart, so that a lane is a window. Rows are often shorter than a vector, so
 * what is left over is done under masks.
 */
final class VectorPool {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final VectorShuffle<Float> EVEN = VectorShuffle.makeUnzip(SPECIES, 0);
  private static final VectorShuffle<Float> ODD = VectorShuffle.makeUnzip(SPECIES, 1);
  private static final VectorShuffle<Float> LOW = VectorShuffle.makeZip(SPECIES, 0);
  private static final VectorShuffle<Float> HIGH = VectorShuffle.makeZip(SPECIES, 1);

  private VectorPool() {}

  static void maxima(float[] x, int xAt, int xRow, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      int at = xAt + 2 * i;
      FloatVector low = fromArray(SPECIES, x, at).max(fromArray(SPECIES, x, at + xRow));
      FloatVector high =
          fromArray(SPECIES, x, at + LANES).max(fromArray(SPECIES, x, at + xRow + LANES));
      low.rearrange(EVEN, high).max(low.rearrange(ODD, high)).intoArray(out, outAt + i);
    }
    if (i < n) {
      VectorMask<Float> lows = SPECIES.indexInRange(0, 2 * (n - i));
      VectorMask<Float> highs = SPECIES.indexInRange(LANES, 2 * (n - i));
      int at = xAt + 2 * i;
      FloatVector low = fromArray(SPECIES, x, at, lows).max(fromArray(SPECIES, x, at + xRow, lows));
      FloatVector high =
          fromArray(SPECIES, x, at + LANES, highs)
              .max(fromArray(SPECIES, x, at + xRow + LANES, highs));
      low.rearrange(EVEN, high)
          .max(low.rearrange(ODD, high))
          .intoArray(out, outAt + i, SPECIES.indexInRange(0, n - i));
    }
  }

  /**
   * The gradient of a row of windows, except where the largest is NaN and has to be searched for:
   * returns false then. Fewer windows than lanes write zeros to up to two vectors from the
   * beginning of each row of the image on, which later rows overwrite.
   */
  static boolean maximaGradient(
      float[] x,
      int xAt,
      int xRow,
      float[] y,
      int yAt,
      float[] g,
      int gAt,
      float[] out,
      int outAt,
      int n) {
    FloatVector zero = FloatVector.zero(SPECIES);
    VectorMask<Float> windows = SPECIES.indexInRange(0, n);
    int last = Math.max(0, n - LANES);
    for (int block = 0; block < n; block += LANES) {
      int i = Math.min(block, last);
      FloatVector max = zero.blend(fromArray(SPECIES, y, yAt + i), windows);
      if (max.compare(VectorOperators.NE, max).anyTrue()) {
        return false;
      }
      FloatVector rest = zero.blend(fromArray(SPECIES, g, gAt + i), windows);
      int at = xAt + 2 * i;
      int to = outAt + 2 * i;
      FloatVector low = fromArray(SPECIES, x, at);
      FloatVector high = fromArray(SPECIES, x, at + LANES);
      VectorMask<Float> is = low.rearrange(EVEN, high).compare(VectorOperators.EQ, max);
      FloatVector even = zero.blend(rest, is);
      rest = rest.blend(zero, is);
      is = low.rearrange(ODD, high).compare(VectorOperators.EQ, max);
      FloatVector odd = zero.blend(rest, is);
      rest = rest.blend(zero, is);
      even.rearrange(LOW, odd).intoArray(out, to);
      even.rearrange(HIGH, odd).intoArray(out, to + LANES);
      low = fromArray(SPECIES, x, at + xRow);
      high = fromArray(SPECIES, x, at + xRow + LANES);
      is = low.rearrange(EVEN, high).compare(VectorOperators.EQ, max);
      even = zero.blend(rest, is);
      odd = rest.blend(zero, is);
      even.rearrange(LOW, odd).intoArray(out, to + xRow);
      even.rearrange(HIGH, odd).intoArray(out, to + xRow + LANES);
    }
    return true;
  }
}
