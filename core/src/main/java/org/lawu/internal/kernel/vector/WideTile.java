package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of the matrix product, for 32 vector registers. A block of C is summed over all of
 * k in registers, each step a rank-one update with a column of A (element {@code r} of step {@code
 * p} at {@code aAt + r * aRow + p * aStep}) and a row of B (at {@code bAt + p * bStep},
 * contiguous). The sums start from the block at {@code sAt}, {@code sRow}: that of C, or zeros.
 * Each has a variable of its own, or the JIT compiler would not keep it in a register.
 */
final class WideTile {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private WideTile() {}

  /** 12 rows by 2 vectors. */
  static void tile12x2(
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    if (bStep == 2 * LANES && aStep == 1) {
      PackedWideTile.tile12x2(k, a, aAt, aRow, b, bAt, s, sAt, sRow, c, cAt, cRow);
      return;
    }
    FloatVector c00 = fromArray(SPECIES, s, sAt);
    FloatVector c01 = fromArray(SPECIES, s, sAt + LANES);
    FloatVector c10 = fromArray(SPECIES, s, sAt + sRow);
    FloatVector c11 = fromArray(SPECIES, s, sAt + sRow + LANES);
    FloatVector c20 = fromArray(SPECIES, s, sAt + 2 * sRow);
    FloatVector c21 = fromArray(SPECIES, s, sAt + 2 * sRow + LANES);
    FloatVector c30 = fromArray(SPECIES, s, sAt + 3 * sRow);
    FloatVector c31 = fromArray(SPECIES, s, sAt + 3 * sRow + LANES);
    FloatVector c40 = fromArray(SPECIES, s, sAt + 4 * sRow);
    FloatVector c41 = fromArray(SPECIES, s, sAt + 4 * sRow + LANES);
    FloatVector c50 = fromArray(SPECIES, s, sAt + 5 * sRow);
    FloatVector c51 = fromArray(SPECIES, s, sAt + 5 * sRow + LANES);
    FloatVector c60 = fromArray(SPECIES, s, sAt + 6 * sRow);
    FloatVector c61 = fromArray(SPECIES, s, sAt + 6 * sRow + LANES);
    FloatVector c70 = fromArray(SPECIES, s, sAt + 7 * sRow);
    FloatVector c71 = fromArray(SPECIES, s, sAt + 7 * sRow + LANES);
    FloatVector c80 = fromArray(SPECIES, s, sAt + 8 * sRow);
    FloatVector c81 = fromArray(SPECIES, s, sAt + 8 * sRow + LANES);
    FloatVector c90 = fromArray(SPECIES, s, sAt + 9 * sRow);
    FloatVector c91 = fromArray(SPECIES, s, sAt + 9 * sRow + LANES);
    FloatVector c100 = fromArray(SPECIES, s, sAt + 10 * sRow);
    FloatVector c101 = fromArray(SPECIES, s, sAt + 10 * sRow + LANES);
    FloatVector c110 = fromArray(SPECIES, s, sAt + 11 * sRow);
    FloatVector c111 = fromArray(SPECIES, s, sAt + 11 * sRow + LANES);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = fromArray(SPECIES, b, bAt);
      FloatVector b1 = fromArray(SPECIES, b, bAt + LANES);
      FloatVector a0 = broadcast(SPECIES, a[aAt]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = broadcast(SPECIES, a[aAt + aRow]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = broadcast(SPECIES, a[aAt + 2 * aRow]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = broadcast(SPECIES, a[aAt + 3 * aRow]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = broadcast(SPECIES, a[aAt + 4 * aRow]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = broadcast(SPECIES, a[aAt + 5 * aRow]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = broadcast(SPECIES, a[aAt + 6 * aRow]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = broadcast(SPECIES, a[aAt + 7 * aRow]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      FloatVector a8 = broadcast(SPECIES, a[aAt + 8 * aRow]);
      c80 = a8.fma(b0, c80);
      c81 = a8.fma(b1, c81);
      FloatVector a9 = broadcast(SPECIES, a[aAt + 9 * aRow]);
      c90 = a9.fma(b0, c90);
      c91 = a9.fma(b1, c91);
      FloatVector a10 = broadcast(SPECIES, a[aAt + 10 * aRow]);
      c100 = a10.fma(b0, c100);
      c101 = a10.fma(b1, c101);
      FloatVector a11 = broadcast(SPECIES, a[aAt + 11 * aRow]);
      c110 = a11.fma(b0, c110);
      c111 = a11.fma(b1, c111);
      aAt += aStep;
      bAt += bStep;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c10.intoArray(c, cAt + cRow);
    c11.intoArray(c, cAt + cRow + LANES);
    c20.intoArray(c, cAt + 2 * cRow);
    c21.intoArray(c, cAt + 2 * cRow + LANES);
    c30.intoArray(c, cAt + 3 * cRow);
    c31.intoArray(c, cAt + 3 * cRow + LANES);
    c40.intoArray(c, cAt + 4 * cRow);
    c41.intoArray(c, cAt + 4 * cRow + LANES);
    c50.intoArray(c, cAt + 5 * cRow);
    c51.intoArray(c, cAt + 5 * cRow + LANES);
    c60.intoArray(c, cAt + 6 * cRow);
    c61.intoArray(c, cAt + 6 * cRow + LANES);
    c70.intoArray(c, cAt + 7 * cRow);
    c71.intoArray(c, cAt + 7 * cRow + LANES);
    c80.intoArray(c, cAt + 8 * cRow);
    c81.intoArray(c, cAt + 8 * cRow + LANES);
    c90.intoArray(c, cAt + 9 * cRow);
    c91.intoArray(c, cAt + 9 * cRow + LANES);
    c100.intoArray(c, cAt + 10 * cRow);
    c101.intoArray(c, cAt + 10 * cRow + LANES);
    c110.intoArray(c, cAt + 11 * cRow);
    c111.intoArray(c, cAt + 11 * cRow + LANES);
  }
}
