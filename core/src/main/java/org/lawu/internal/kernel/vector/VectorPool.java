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

  static void maximaGradient(
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
    for (int i = 0; i < n; i += LANES) {
      VectorMask<Float> windows = SPECIES.indexInRange(i, n);
      VectorMask<Float> lows = SPECIES.indexInRange(2 * i, 2 * n);
      VectorMask<Float> highs = SPECIES.indexInRange(2 * i + LANES, 2 * n);
      FloatVector max = fromArray(SPECIES, y, yAt + i, windows);
      FloatVector rest = fromArray(SPECIES, g, gAt + i, windows);
      FloatVector zero = FloatVector.zero(SPECIES);
      int at = xAt + 2 * i;
      int to = outAt + 2 * i;
      FloatVector low = fromArray(SPECIES, x, at, lows);
      FloatVector high = fromArray(SPECIES, x, at + LANES, highs);
      VectorMask<Float> is = is(max, low.rearrange(EVEN, high));
      FloatVector even = zero.blend(rest, is);
      rest = rest.blend(zero, is);
      is = is(max, low.rearrange(ODD, high));
      FloatVector odd = zero.blend(rest, is);
      rest = rest.blend(zero, is);
      even.rearrange(LOW, odd).intoArray(out, to, lows);
      even.rearrange(HIGH, odd).intoArray(out, to + LANES, highs);
      low = fromArray(SPECIES, x, at + xRow, lows);
      high = fromArray(SPECIES, x, at + xRow + LANES, highs);
      is = is(max, low.rearrange(EVEN, high));
      even = zero.blend(rest, is);
      odd = rest.blend(zero, is);
      even.rearrange(LOW, odd).intoArray(out, to + xRow, lows);
      even.rearrange(HIGH, odd).intoArray(out, to + xRow + LANES, highs);
    }
  }

  /** The first of several largest gets the gradient, or the first NaN: the largest is NaN then. */
  private static VectorMask<Float> is(FloatVector max, FloatVector x) {
    return x.compare(VectorOperators.EQ, max).or(x.test(VectorOperators.IS_NAN));
  }
}
