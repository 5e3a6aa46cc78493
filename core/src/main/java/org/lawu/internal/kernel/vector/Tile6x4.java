package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tiles of the matrix product for 32 vector registers: 6 rows by 4 vectors for a
 * packed panel of B, whose steps are four vectors apart; otherwise as {@link StridedTile}.
 *
 * <p>What a tile costs beside its arithmetic are instructions that check bounds: for each element
 * of A in a step before the loop, for each vector read or written outside of it. Hence few rows,
 * which are written in long pieces, and zeros are not read. Steps of B a variable apart would be
 * checked in the loop, which takes a fifth longer where a core does two multiplications at a time.
 * If the sums started from what they are added to, they would come from memory or from zeros, and
 * the JIT compiler's loop would take a sixth longer. One step at a time: with two a method might
 * have so many nodes that vectors become objects.
 */
final class Tile6x4 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Columns of the panels of B. */
  private static final int COLUMNS = 4 * LANES;

  private Tile6x4() {}

  /** For contiguous rows of A; where the elements lie as in {@link StridedTile}. */
  static void rows(
      int k,
      float[] a,
      int aAt,
      int aRow,
      float[] b,
      int bAt,
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
    int a1At = aAt + aRow;
    int a2At = aAt + 2 * aRow;
    int a3At = aAt + 3 * aRow;
    int a4At = aAt + 4 * aRow;
    int a5At = aAt + 5 * aRow;
    for (int p = 0; p < k; p++) {
      int bp = bAt + p * COLUMNS;
      FloatVector b0 = fromArray(SPECIES, b, bp);
      FloatVector b1 = fromArray(SPECIES, b, bp + LANES);
      FloatVector b2 = fromArray(SPECIES, b, bp + 2 * LANES);
      FloatVector b3 = fromArray(SPECIES, b, bp + 3 * LANES);
      FloatVector a0 = broadcast(SPECIES, a[aAt + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = broadcast(SPECIES, a[a1At + p]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = broadcast(SPECIES, a[a2At + p]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = broadcast(SPECIES, a[a3At + p]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
      FloatVector a4 = broadcast(SPECIES, a[a4At + p]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      c43 = a4.fma(b3, c43);
      FloatVector a5 = broadcast(SPECIES, a[a5At + p]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
      c53 = a5.fma(b3, c53);
    }
    if (Tiles.isNothing(s)) {
      c00.intoArray(c, cAt);
      c01.intoArray(c, cAt + LANES);
      c02.intoArray(c, cAt + 2 * LANES);
      c03.intoArray(c, cAt + 3 * LANES);
      c10.intoArray(c, cAt + cRow);
      c11.intoArray(c, cAt + cRow + LANES);
      c12.intoArray(c, cAt + cRow + 2 * LANES);
      c13.intoArray(c, cAt + cRow + 3 * LANES);
      c20.intoArray(c, cAt + 2 * cRow);
      c21.intoArray(c, cAt + 2 * cRow + LANES);
      c22.intoArray(c, cAt + 2 * cRow + 2 * LANES);
      c23.intoArray(c, cAt + 2 * cRow + 3 * LANES);
      c30.intoArray(c, cAt + 3 * cRow);
      c31.intoArray(c, cAt + 3 * cRow + LANES);
      c32.intoArray(c, cAt + 3 * cRow + 2 * LANES);
      c33.intoArray(c, cAt + 3 * cRow + 3 * LANES);
      c40.intoArray(c, cAt + 4 * cRow);
      c41.intoArray(c, cAt + 4 * cRow + LANES);
      c42.intoArray(c, cAt + 4 * cRow + 2 * LANES);
      c43.intoArray(c, cAt + 4 * cRow + 3 * LANES);
      c50.intoArray(c, cAt + 5 * cRow);
      c51.intoArray(c, cAt + 5 * cRow + LANES);
      c52.intoArray(c, cAt + 5 * cRow + 2 * LANES);
      c53.intoArray(c, cAt + 5 * cRow + 3 * LANES);
      return;
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

  /** For an A step after step, {@link Tiles#ROWS} elements each. */
  static void steps(
      int k,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
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
      int ap = aAt + p * Tiles.ROWS;
      int bp = bAt + p * COLUMNS;
      FloatVector b0 = fromArray(SPECIES, b, bp);
      FloatVector b1 = fromArray(SPECIES, b, bp + LANES);
      FloatVector b2 = fromArray(SPECIES, b, bp + 2 * LANES);
      FloatVector b3 = fromArray(SPECIES, b, bp + 3 * LANES);
      FloatVector a0 = broadcast(SPECIES, a[ap]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = broadcast(SPECIES, a[ap + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = broadcast(SPECIES, a[ap + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = broadcast(SPECIES, a[ap + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
      FloatVector a4 = broadcast(SPECIES, a[ap + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      c43 = a4.fma(b3, c43);
      FloatVector a5 = broadcast(SPECIES, a[ap + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
      c53 = a5.fma(b3, c53);
    }
    if (Tiles.isNothing(s)) {
      c00.intoArray(c, cAt);
      c01.intoArray(c, cAt + LANES);
      c02.intoArray(c, cAt + 2 * LANES);
      c03.intoArray(c, cAt + 3 * LANES);
      c10.intoArray(c, cAt + cRow);
      c11.intoArray(c, cAt + cRow + LANES);
      c12.intoArray(c, cAt + cRow + 2 * LANES);
      c13.intoArray(c, cAt + cRow + 3 * LANES);
      c20.intoArray(c, cAt + 2 * cRow);
      c21.intoArray(c, cAt + 2 * cRow + LANES);
      c22.intoArray(c, cAt + 2 * cRow + 2 * LANES);
      c23.intoArray(c, cAt + 2 * cRow + 3 * LANES);
      c30.intoArray(c, cAt + 3 * cRow);
      c31.intoArray(c, cAt + 3 * cRow + LANES);
      c32.intoArray(c, cAt + 3 * cRow + 2 * LANES);
      c33.intoArray(c, cAt + 3 * cRow + 3 * LANES);
      c40.intoArray(c, cAt + 4 * cRow);
      c41.intoArray(c, cAt + 4 * cRow + LANES);
      c42.intoArray(c, cAt + 4 * cRow + 2 * LANES);
      c43.intoArray(c, cAt + 4 * cRow + 3 * LANES);
      c50.intoArray(c, cAt + 5 * cRow);
      c51.intoArray(c, cAt + 5 * cRow + LANES);
      c52.intoArray(c, cAt + 5 * cRow + 2 * LANES);
      c53.intoArray(c, cAt + 5 * cRow + 3 * LANES);
      return;
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
}
