package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles for the first rows of C by a panel of B that is not packed yet: what they read of B they
 * write to the panel, for the tiles of the rows below, while the multiplications take their time.
 * Where the elements lie as in {@link StridedTile}; those of a packed step follow one another.
 */
final class PackingTile {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Rows of these tiles. */
  static final int ROWS = 6;

  private PackingTile() {}

  /** 6 rows by a panel of the widest. */
  static void run(
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] packed,
      int packedAt,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    if (Tiles.WIDE) {
      tile6x4(k, a, aAt, aRow, aStep, b, bAt, bStep, packed, packedAt, s, sAt, sRow, c, cAt, cRow);
    } else {
      tile6x2(k, a, aAt, aRow, aStep, b, bAt, bStep, packed, packedAt, s, sAt, sRow, c, cAt, cRow);
    }
  }

  /** 6 rows by 4 vectors. */
  private static void tile6x4(
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] packed,
      int packedAt,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c03 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c13 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c22 = c00;
    FloatVector c23 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c32 = c00;
    FloatVector c33 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c42 = c00;
    FloatVector c43 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    FloatVector c52 = c00;
    FloatVector c53 = c00;
    for (int p = 0; p < k; p++) {
      int to = packedAt + p * 4 * LANES;
      FloatVector b0 = fromArray(SPECIES, b, bAt);
      FloatVector b1 = fromArray(SPECIES, b, bAt + LANES);
      FloatVector b2 = fromArray(SPECIES, b, bAt + 2 * LANES);
      FloatVector b3 = fromArray(SPECIES, b, bAt + 3 * LANES);
      b0.intoArray(packed, to);
      b1.intoArray(packed, to + LANES);
      b2.intoArray(packed, to + 2 * LANES);
      b3.intoArray(packed, to + 3 * LANES);
      FloatVector a0 = broadcast(SPECIES, a[aAt]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = broadcast(SPECIES, a[aAt + aRow]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = broadcast(SPECIES, a[aAt + 2 * aRow]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = broadcast(SPECIES, a[aAt + 3 * aRow]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
      FloatVector a4 = broadcast(SPECIES, a[aAt + 4 * aRow]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      c43 = a4.fma(b3, c43);
      FloatVector a5 = broadcast(SPECIES, a[aAt + 5 * aRow]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
      c53 = a5.fma(b3, c53);
      aAt += aStep;
      bAt += bStep;
    }
    fromArray(SPECIES, s, sAt).add(c00).intoArray(c, cAt);
    fromArray(SPECIES, s, sAt + LANES).add(c01).intoArray(c, cAt + LANES);
    fromArray(SPECIES, s, sAt + 2 * LANES).add(c02).intoArray(c, cAt + 2 * LANES);
    fromArray(SPECIES, s, sAt + 3 * LANES).add(c03).intoArray(c, cAt + 3 * LANES);
    fromArray(SPECIES, s, sAt + sRow).add(c10).intoArray(c, cAt + cRow);
    fromArray(SPECIES, s, sAt + sRow + LANES).add(c11).intoArray(c, cAt + cRow + LANES);
    fromArray(SPECIES, s, sAt + sRow + 2 * LANES).add(c12).intoArray(c, cAt + cRow + 2 * LANES);
    fromArray(SPECIES, s, sAt + sRow + 3 * LANES).add(c13).intoArray(c, cAt + cRow + 3 * LANES);
    fromArray(SPECIES, s, sAt + 2 * sRow).add(c20).intoArray(c, cAt + 2 * cRow);
    fromArray(SPECIES, s, sAt + 2 * sRow + LANES).add(c21).intoArray(c, cAt + 2 * cRow + LANES);
    fromArray(SPECIES, s, sAt + 2 * sRow + 2 * LANES)
        .add(c22)
        .intoArray(c, cAt + 2 * cRow + 2 * LANES);
    fromArray(SPECIES, s, sAt + 2 * sRow + 3 * LANES)
        .add(c23)
        .intoArray(c, cAt + 2 * cRow + 3 * LANES);
    fromArray(SPECIES, s, sAt + 3 * sRow).add(c30).intoArray(c, cAt + 3 * cRow);
    fromArray(SPECIES, s, sAt + 3 * sRow + LANES).add(c31).intoArray(c, cAt + 3 * cRow + LANES);
    fromArray(SPECIES, s, sAt + 3 * sRow + 2 * LANES)
        .add(c32)
        .intoArray(c, cAt + 3 * cRow + 2 * LANES);
    fromArray(SPECIES, s, sAt + 3 * sRow + 3 * LANES)
        .add(c33)
        .intoArray(c, cAt + 3 * cRow + 3 * LANES);
    fromArray(SPECIES, s, sAt + 4 * sRow).add(c40).intoArray(c, cAt + 4 * cRow);
    fromArray(SPECIES, s, sAt + 4 * sRow + LANES).add(c41).intoArray(c, cAt + 4 * cRow + LANES);
    fromArray(SPECIES, s, sAt + 4 * sRow + 2 * LANES)
        .add(c42)
        .intoArray(c, cAt + 4 * cRow + 2 * LANES);
    fromArray(SPECIES, s, sAt + 4 * sRow + 3 * LANES)
        .add(c43)
        .intoArray(c, cAt + 4 * cRow + 3 * LANES);
    fromArray(SPECIES, s, sAt + 5 * sRow).add(c50).intoArray(c, cAt + 5 * cRow);
    fromArray(SPECIES, s, sAt + 5 * sRow + LANES).add(c51).intoArray(c, cAt + 5 * cRow + LANES);
    fromArray(SPECIES, s, sAt + 5 * sRow + 2 * LANES)
        .add(c52)
        .intoArray(c, cAt + 5 * cRow + 2 * LANES);
    fromArray(SPECIES, s, sAt + 5 * sRow + 3 * LANES)
        .add(c53)
        .intoArray(c, cAt + 5 * cRow + 3 * LANES);
  }

  /** 6 rows by 2 vectors. */
  private static void tile6x2(
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] packed,
      int packedAt,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    for (int p = 0; p < k; p++) {
      int to = packedAt + p * 2 * LANES;
      FloatVector b0 = fromArray(SPECIES, b, bAt);
      FloatVector b1 = fromArray(SPECIES, b, bAt + LANES);
      b0.intoArray(packed, to);
      b1.intoArray(packed, to + LANES);
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
      aAt += aStep;
      bAt += bStep;
    }
    fromArray(SPECIES, s, sAt).add(c00).intoArray(c, cAt);
    fromArray(SPECIES, s, sAt + LANES).add(c01).intoArray(c, cAt + LANES);
    fromArray(SPECIES, s, sAt + sRow).add(c10).intoArray(c, cAt + cRow);
    fromArray(SPECIES, s, sAt + sRow + LANES).add(c11).intoArray(c, cAt + cRow + LANES);
    fromArray(SPECIES, s, sAt + 2 * sRow).add(c20).intoArray(c, cAt + 2 * cRow);
    fromArray(SPECIES, s, sAt + 2 * sRow + LANES).add(c21).intoArray(c, cAt + 2 * cRow + LANES);
    fromArray(SPECIES, s, sAt + 3 * sRow).add(c30).intoArray(c, cAt + 3 * cRow);
    fromArray(SPECIES, s, sAt + 3 * sRow + LANES).add(c31).intoArray(c, cAt + 3 * cRow + LANES);
    fromArray(SPECIES, s, sAt + 4 * sRow).add(c40).intoArray(c, cAt + 4 * cRow);
    fromArray(SPECIES, s, sAt + 4 * sRow + LANES).add(c41).intoArray(c, cAt + 4 * cRow + LANES);
    fromArray(SPECIES, s, sAt + 5 * sRow).add(c50).intoArray(c, cAt + 5 * cRow);
    fromArray(SPECIES, s, sAt + 5 * sRow + LANES).add(c51).intoArray(c, cAt + 5 * cRow + LANES);
  }
}
