package org.lawu.internal.kernel;

/**
 * The constants of Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC
 * 2011), the multipliers as numbers without a sign.
 */
public final class Philox4x32 {
  /** What the first word of a block is multiplied by in each round. */
  public static final long MULTIPLIER_0 = 0xD2511F53L;

  /** What the third word is multiplied by. */
  public static final long MULTIPLIER_1 = 0xCD9E8D57L;

  /** What is added to the lower half of the key after each round. */
  public static final int WEYL_0 = 0x9E3779B9;

  /** What is added to the upper half. */
  public static final int WEYL_1 = 0xBB67AE85;

  /** How often a block is mixed. */
  public static final int ROUNDS = 10;

  /** The bits of a word. */
  public static final long WORD = 0xFFFFFFFFL;

  private Philox4x32() {}
}
