package org.lawu.internal.kernel;

/**
 * One step of a recurrent layer for one row of the batch, on the calling thread. The sums of
 * weighted input and weighted state are in {@code gates}, a block of {@code n} elements for each
 * gate; the biases are still to be added. Gates are left there activated, for the gradient.
 *
 * <p>What passes from step to step is set to 0 below {@link #TINY}: it fades, and subnormal numbers
 * would slow down everything that computes with them.
 */
public interface RecurrentKernels {

  /** Far above the subnormal numbers, so that products with it are no subnormal numbers either. */
  float TINY = 1e-30f;

  /** Lays out a matrix {@code k x n} for many products. */
  RightMatrix pack(int k, int n, Matrix b);

  /** {@code h = tanh(sum)}, or {@code max(sum, 0)} if {@code relu}. */
  void rnn(boolean relu, float[] gates, int at, float[] bias, float[] h, int hAt, int n);

  /**
   * From {@code g + dh}, the gradient of the new state, that of the sum; {@code dh} becomes 0.
   *
   * @param out the gradient of the sum
   */
  void rnnGradient(
      boolean relu,
      float[] gates,
      int at,
      float[] g,
      int gAt,
      float[] dh,
      int dhAt,
      float[] out,
      int outAt,
      int n);

  /**
   * The gates i, f, g, o; {@code c = f c + i g}, {@code h = o tanh(c)}.
   *
   * @param c the cell state, old and then new
   * @param h the new state
   */
  void lstm(float[] gates, int at, float[] bias, float[] c, int cAt, float[] h, int hAt, int n);

  /**
   * From {@code g + dh} and {@code dc}, the gradients of the new state and the new cell state,
   * those of the sums; {@code dh} becomes 0 and {@code dc} the gradient of the old cell state.
   *
   * @param before the old cell state
   * @param c the new cell state
   * @param out the gradients of the four sums
   */
  void lstmGradient(
      float[] gates,
      int at,
      float[] before,
      int beforeAt,
      float[] c,
      int cAt,
      float[] g,
      int gAt,
      float[] dh,
      int dhAt,
      float[] dc,
      int dcAt,
      float[] out,
      int outAt,
      int n);

  /**
   * The gates r, z, n; {@code h = (1 - z) n + z h} with {@code n = tanh(sum + r q)}.
   *
   * @param bias those of r, z and n, and then that of q
   * @param q the candidate's weighted state; its bias is added
   * @param h the state, old and then new
   */
  void gru(float[] gates, int at, float[] bias, float[] q, int qAt, float[] h, int hAt, int n);

  /**
   * From {@code g + dh}, the gradient of the new state, those of the sums; {@code dh} becomes what
   * reaches the old state past the gates.
   *
   * @param before the old state
   * @param out the gradients of the three sums
   * @param dq the gradient of q
   */
  void gruGradient(
      float[] gates,
      int at,
      float[] q,
      int qAt,
      float[] before,
      int beforeAt,
      float[] g,
      int gAt,
      float[] dh,
      int dhAt,
      float[] out,
      int outAt,
      float[] dq,
      int dqAt,
      int n);
}
