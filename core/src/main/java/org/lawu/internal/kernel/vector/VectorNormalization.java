package org.lawu.internal.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.lawu.internal.kernel.ScalarNormalization;

/** Loops of the normalizing operations in SIMD code; what is left over is scalar. */
final class VectorNormalization extends ScalarNormalization {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** What is summed in one go; longer rows are halved, so that errors grow with the logarithm. */
  private static final int BLOCK = 4096;

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at);
  }

  private static FloatVector all(float x) {
    return FloatVector.broadcast(SPECIES, x);
  }

  @Override
  public void standardize(
      float shift, float scale, float offset, float[] x, int xAt, float[] out, int outAt, int n) {
    FloatVector scales = all(scale);
    FloatVector offsets = all(offset);
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      load(x, xAt + i).sub(shift).fma(scales, offsets).intoArray(out, outAt + i);
    }
    super.standardize(shift, scale, offset, x, xAt + whole, out, outAt + whole, n - whole);
  }

  @Override
  public void standardizeRow(
      float shift,
      float scale,
      float[] x,
      int xAt,
      float[] weight,
      int weightAt,
      float[] bias,
      int biasAt,
      float[] out,
      int outAt,
      int n) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      load(x, xAt + i)
          .sub(shift)
          .mul(scale)
          .fma(load(weight, weightAt + i), load(bias, biasAt + i))
          .intoArray(out, outAt + i);
    }
    super.standardizeRow(
        shift,
        scale,
        x,
        xAt + whole,
        weight,
        weightAt + whole,
        bias,
        biasAt + whole,
        out,
        outAt + whole,
        n - whole);
  }

  @Override
  public float centeredDot(float shift, float[] x, int xAt, float[] y, int yAt, int n) {
    if (n > BLOCK) {
      int half = (n / 2 + BLOCK - 1) / BLOCK * BLOCK;
      return centeredDot(shift, x, xAt, y, yAt, half)
          + centeredDot(shift, x, xAt + half, y, yAt + half, n - half);
    }
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    int i = 0;
    for (; i <= n - 2 * LANES; i += 2 * LANES) {
      s0 = load(x, xAt + i).sub(shift).fma(load(y, yAt + i), s0);
      s1 = load(x, xAt + i + LANES).sub(shift).fma(load(y, yAt + i + LANES), s1);
    }
    for (; i <= n - LANES; i += LANES) {
      s0 = load(x, xAt + i).sub(shift).fma(load(y, yAt + i), s0);
    }
    float sum = Lanes.sum(s0.add(s1));
    for (; i < n; i++) {
      sum += (x[xAt + i] - shift) * y[yAt + i];
    }
    return sum;
  }

  @Override
  public void combine(
      float a,
      float[] g,
      int gAt,
      float b,
      float shift,
      float[] x,
      int xAt,
      float c,
      float[] out,
      int outAt,
      int n) {
    FloatVector as = all(a);
    FloatVector bs = all(b);
    FloatVector cs = all(c);
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      load(g, gAt + i).fma(as, load(x, xAt + i).sub(shift).fma(bs, cs)).intoArray(out, outAt + i);
    }
    super.combine(a, g, gAt + whole, b, shift, x, xAt + whole, c, out, outAt + whole, n - whole);
  }

  @Override
  public void rowSums(
      float shift,
      float scale,
      float[] x,
      int xAt,
      float[] g,
      int gAt,
      float[] weight,
      int weightAt,
      float[] weightGradient,
      int weightGradientAt,
      float[] biasGradient,
      int biasGradientAt,
      float[] sums,
      int n) {
    int whole = SPECIES.loopBound(n);
    super.rowSums(
        shift,
        scale,
        x,
        xAt + whole,
        g,
        gAt + whole,
        weight,
        weightAt + whole,
        weightGradient,
        weightGradientAt + whole,
        biasGradient,
        biasGradientAt + whole,
        sums,
        n - whole);
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector product = sum;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector z = load(x, xAt + i).sub(shift).mul(scale);
      FloatVector upper = load(g, gAt + i);
      FloatVector weighted = upper.mul(load(weight, weightAt + i));
      upper
          .fma(z, load(weightGradient, weightGradientAt + i))
          .intoArray(weightGradient, weightGradientAt + i);
      upper.add(load(biasGradient, biasGradientAt + i)).intoArray(biasGradient, biasGradientAt + i);
      sum = weighted.add(sum);
      product = weighted.fma(z, product);
    }
    sums[0] += Lanes.sum(sum);
    sums[1] += Lanes.sum(product);
  }

  @Override
  public void rowGradient(
      float shift,
      float scale,
      float a,
      float b,
      float[] x,
      int xAt,
      float[] g,
      int gAt,
      float[] weight,
      int weightAt,
      float[] out,
      int outAt,
      int n) {
    FloatVector slope = all(-scale * b);
    FloatVector offset = all(-a);
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector rest = load(x, xAt + i).sub(shift).fma(slope, offset);
      load(g, gAt + i).fma(load(weight, weightAt + i), rest).mul(scale).intoArray(out, outAt + i);
    }
    super.rowGradient(
        shift,
        scale,
        a,
        b,
        x,
        xAt + whole,
        g,
        gAt + whole,
        weight,
        weightAt + whole,
        out,
        outAt + whole,
        n - whole);
  }
}
