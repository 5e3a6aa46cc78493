package org.lawu.internal.kernel;

/**
 * What the normalizing operations need besides {@link Kernels}: loops over a row, or over a channel
 * of one image. The same rules hold.
 */
public interface NormalizationKernels {

  /** {@code out[i] = (x[i] - shift) scale + offset} for {@code n} elements. */
  void standardize(
      float shift, float scale, float offset, float[] x, int xAt, float[] out, int outAt, int n);

  /** {@code out[i] = (x[i] - shift) scale weight[i] + bias[i]} for {@code n} elements. */
  void standardizeRow(
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
      int n);

  /** {@code sum over i of (x[i] - shift) y[i]} for {@code n} elements. */
  float centeredDot(float shift, float[] x, int xAt, float[] y, int yAt, int n);

  /** {@code out[i] = a g[i] + b (x[i] - shift) + c} for {@code n} elements. */
  void combine(
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
      int n);

  /**
   * What a row adds to gradients. With {@code z[i] = (x[i] - shift) scale}, {@code
   * weightGradient[i] += g[i] z[i]}, {@code biasGradient[i] += g[i]}, {@code sums[0] = sum over i
   * of g[i] weight[i]} and {@code sums[1] = sum over i of g[i] weight[i] z[i]}.
   */
  void rowSums(
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
      int n);

  /** {@code out[i] = (g[i] weight[i] - a - (x[i] - shift) scale b) scale}. */
  void rowGradient(
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
      int n);
}
