package org.lawu.internal.kernel;

/** Loops of the normalizing operations in plain Java. */
public class ScalarNormalization implements NormalizationKernels {

  /** What is summed into one number before the parts are added. */
  private static final int PARTS = 8;

  /** A stateless object. */
  public ScalarNormalization() {}

  @Override
  public void standardize(
      float shift, float scale, float offset, float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = (x[xAt + i] - shift) * scale + offset;
    }
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
    for (int i = 0; i < n; i++) {
      out[outAt + i] = (x[xAt + i] - shift) * scale * weight[weightAt + i] + bias[biasAt + i];
    }
  }

  @Override
  public float centeredDot(float shift, float[] x, int xAt, float[] y, int yAt, int n) {
    double sum = 0;
    int i = 0;
    for (; i <= n - PARTS; i += PARTS) {
      float even = 0;
      float odd = 0;
      for (int j = i; j < i + PARTS; j += 2) {
        even += (x[xAt + j] - shift) * y[yAt + j];
        odd += (x[xAt + j + 1] - shift) * y[yAt + j + 1];
      }
      sum += even + odd;
    }
    for (; i < n; i++) {
      sum += (x[xAt + i] - shift) * y[yAt + i];
    }
    return (float) sum;
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
    for (int i = 0; i < n; i++) {
      out[outAt + i] = a * g[gAt + i] + (b * (x[xAt + i] - shift) + c);
    }
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
    double sum = 0;
    double product = 0;
    for (int i = 0; i < n; i++) {
      float z = (x[xAt + i] - shift) * scale;
      float upper = g[gAt + i];
      float weighted = upper * weight[weightAt + i];
      weightGradient[weightGradientAt + i] += upper * z;
      biasGradient[biasGradientAt + i] += upper;
      sum += weighted;
      product += weighted * z;
    }
    sums[0] = (float) sum;
    sums[1] = (float) product;
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
    for (int i = 0; i < n; i++) {
      float z = (x[xAt + i] - shift) * scale;
      out[outAt + i] = (g[gAt + i] * weight[weightAt + i] - a - z * b) * scale;
    }
  }
}
