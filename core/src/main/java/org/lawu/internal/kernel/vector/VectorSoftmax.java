package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax of rows and its gradient. A row is passed over twice, and while its exponentials are
 * computed the largest element of the next is found: memory is read at the same time as there is
 * much to compute. Each pass is a loop that C2 compiles on its own: inlined into the loop over the
 * rows, that of the exponentials, which has a dozen constants, takes twice the time. A call through
 * an array of three or more objects is one that C2 never inlines.
 */
final class VectorSoftmax {

  /** A pass over a row; takes the number that the pass before returned, the first one 0. */
  private interface Pass {
    float run(float value, float[] x, int xAt, float[] out, int outAt, int n, Next next);
  }

  /** The row that comes next: where it is, and its largest element as soon as that is known. */
  private static final class Next {
    int at;
    float max;
  }

  private static final Pass[] SOFTMAX = {
    (_, _, _, _, _, _, next) -> next.max,
    VectorSoftmax::exp,
    (sum, _, _, out, outAt, n, _) -> scale(1 / sum, out, outAt, n),
  };

  private static final Pass[] LOG_SOFTMAX = {
    SOFTMAX[0],
    VectorSoftmax::logOfSum,
    (log, _, _, out, outAt, n, _) -> subtract(log, out, outAt, n),
  };

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorSoftmax() {}

  /** {@code out = e^x / sum(e^x)} of each row, of a vector or more. */
  static void softmax(float[] x, int xAt, float[] out, int outAt, int rows, int columns) {
    rows(SOFTMAX, x, xAt, out, outAt, rows, columns);
  }

  /** {@code out = x - ln(sum(e^x))} of each row, of a vector or more. */
  static void logSoftmax(float[] x, int xAt, float[] out, int outAt, int rows, int columns) {
    rows(LOG_SOFTMAX, x, xAt, out, outAt, rows, columns);
  }

  private static void rows(
      Pass[] passes, float[] x, int xAt, float[] out, int outAt, int rows, int columns) {
    if (rows == 0) {
      return;
    }
    var next = new Next();
    next.max = max(x, xAt, columns);
    int last = (rows - 1) * columns;
    for (int row = 0; row <= last; row += columns) {
      next.at = xAt + Math.min(row + columns, last);
      float value = 0;
      for (Pass pass : passes) {
        value = pass.run(value, x, xAt + row, out, outAt + row, columns, next);
      }
    }
  }

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at);
  }

  /**
   * The largest element. A NaN may be passed over, since the exponentials bring it back: comparing
   * and blending takes two instructions, {@code max} five.
   */
  private static float max(float[] x, int at, int n) {
    FloatVector seen = load(x, at);
    for (int i = LANES; i <= n - LANES; i += LANES) {
      seen = larger(seen, load(x, at + i));
    }
    return largest(seen, x, at, n);
  }

  private static FloatVector larger(FloatVector x, FloatVector y) {
    return y.blend(x, y.compare(LE, x));
  }

  /** Of a row whose whole vectors have been seen. */
  private static float largest(FloatVector seen, float[] x, int at, int n) {
    return larger(seen, load(x, at + n - LANES)).reduceLanes(MAX);
  }

  /** {@code out = e^(x - max)}; returns the sum. */
  private static float exp(
      float max, float[] x, int xAt, float[] out, int outAt, int n, Next next) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int nextAt = next.at;
    FloatVector largest = load(x, nextAt);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      largest = larger(largest, load(x, nextAt + i));
      FloatVector y = VectorMath.expOfDifference(load(x, xAt + i).sub(max));
      y.intoArray(out, outAt + i);
      sum = y.add(sum);
    }
    if (i < n) {
      float[] rest = filledUp(x, xAt + i, n - i);
      FloatVector y = VectorMath.expOfDifference(load(rest, 0).sub(max));
      y.intoArray(rest, 0);
      System.arraycopy(rest, 0, out, outAt + i, n - i);
      sum = y.add(sum);
    }
    next.max = largest(largest, x, nextAt, n);
    return Lanes.sum(sum);
  }

  /** {@code out = x - max}; returns the logarithm of the sum of {@code e^(x - max)}. */
  private static float logOfSum(
      float max, float[] x, int xAt, float[] out, int outAt, int n, Next next) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int nextAt = next.at;
    FloatVector largest = load(x, nextAt);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      largest = larger(largest, load(x, nextAt + i));
      FloatVector difference = load(x, xAt + i).sub(max);
      difference.intoArray(out, outAt + i);
      sum = VectorMath.expOfDifference(difference).add(sum);
    }
    if (i < n) {
      float[] rest = filledUp(x, xAt + i, n - i);
      FloatVector difference = load(rest, 0).sub(max);
      difference.intoArray(rest, 0);
      System.arraycopy(rest, 0, out, outAt + i, n - i);
      sum = VectorMath.expOfDifference(difference).add(sum);
    }
    next.max = largest(largest, x, nextAt, n);
    return (float) Math.log(Lanes.sum(sum));
  }

  /** Less than a vector, filled up to one with what makes no difference to the sum. */
  private static float[] filledUp(float[] x, int at, int n) {
    float[] vector = new float[LANES];
    Arrays.fill(vector, n, LANES, Float.NEGATIVE_INFINITY);
    System.arraycopy(x, at, vector, 0, n);
    return vector;
  }

  /** {@code x *= factor}; returns nothing of use. */
  private static float scale(float factor, float[] x, int at, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(x, at + i).mul(factor).intoArray(x, at + i);
    }
    for (; i < n; i++) {
      x[at + i] *= factor;
    }
    return factor;
  }

  /** {@code x -= y}; returns nothing of use. */
  private static float subtract(float y, float[] x, int at, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(x, at + i).sub(y).intoArray(x, at + i);
    }
    for (; i < n; i++) {
      x[at + i] -= y;
    }
    return y;
  }

  /** {@code out = y * (g - shift)}. */
  static void gradient(
      float shift, float[] y, int yAt, float[] g, int gAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(g, gAt + i).sub(shift).mul(load(y, yAt + i)).intoArray(out, outAt + i);
    }
    for (; i < n; i++) {
      out[outAt + i] = y[yAt + i] * (g[gAt + i] - shift);
    }
  }

  /** {@code out = g - out * factor}, where {@code out} holds {@code e^y}. */
  static void logGradient(float factor, float[] g, int gAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(g, gAt + i).sub(load(out, outAt + i).mul(factor)).intoArray(out, outAt + i);
    }
    for (; i < n; i++) {
      out[outAt + i] = g[gAt + i] - out[outAt + i] * factor;
    }
  }
}
