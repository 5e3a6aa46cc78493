package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tile of the matrix product for 32 vector registers. A block of C is summed over
 * steps along k in registers, each step a rank-one update with a column of A, {@link Tiles#ROWS}
 * contiguous elements that follow those of the step before, and a row of B, {@link #COLUMNS}
 * contiguous elements that follow those of the step before. What is in the block at {@code sAt},
 * {@code sRow}, that of C or nothing, is added in the end: if the sums started from it, they would
 * come from memory or from zeros, and the JIT compiler's loop would take a sixth longer.
 *
 * <p>Each sum has a variable of its own, or the JIT compiler would not keep it in a register. What
 * a tile costs beside its arithmetic are instructions that check bounds: for each element of A in a
 * step before the loop, for each vector read or written outside of it. Hence A is laid out step
 * after step, with one base for all rows, and zeros are not read. Steps of B a variable apart would
 * be checked in the loop, which takes a fifth longer where a core does two multiplications at a
 * time.
 */
final class Tile12x2 {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Columns of the panels of B. */
  static final int COLUMNS = 2 * LANES;

  private Tile12x2() {}

  /** 12 rows by 2 vectors. */
  static void run(
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
    FloatVector c60 = c00;
    FloatVector c61 = c00;
    FloatVector c70 = c00;
    FloatVector c71 = c00;
    FloatVector c80 = c00;
    FloatVector c81 = c00;
    FloatVector c90 = c00;
    FloatVector c91 = c00;
    FloatVector c100 = c00;
    FloatVector c101 = c00;
    FloatVector c110 = c00;
    FloatVector c111 = c00;
    for (int p = 0; p < k; p++) {
      int ap = aAt + p * Tiles.ROWS;
      int bp = bAt + p * COLUMNS;
      FloatVector b0 = fromArray(SPECIES, b, bp);
      FloatVector b1 = fromArray(SPECIES, b, bp + LANES);
      FloatVector a0 = broadcast(SPECIES, a[ap]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = broadcast(SPECIES, a[ap + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = broadcast(SPECIES, a[ap + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = broadcast(SPECIES, a[ap + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = broadcast(SPECIES, a[ap + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = broadcast(SPECIES, a[ap + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = broadcast(SPECIES, a[ap + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = broadcast(SPECIES, a[ap + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      FloatVector a8 = broadcast(SPECIES, a[ap + 8]);
      c80 = a8.fma(b0, c80);
      c81 = a8.fma(b1, c81);
      FloatVector a9 = broadcast(SPECIES, a[ap + 9]);
      c90 = a9.fma(b0, c90);
      c91 = a9.fma(b1, c91);
      FloatVector a10 = broadcast(SPECIES, a[ap + 10]);
      c100 = a10.fma(b0, c100);
      c101 = a10.fma(b1, c101);
      FloatVector a11 = broadcast(SPECIES, a[ap + 11]);
      c110 = a11.fma(b0, c110);
      c111 = a11.fma(b1, c111);
    }
    if (Tiles.isNothing(s)) {
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
      return;
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
    fromArray(SPECIES, s, sAt + 6 * sRow).add(c60).intoArray(c, cAt + 6 * cRow);
    fromArray(SPECIES, s, sAt + 6 * sRow + LANES).add(c61).intoArray(c, cAt + 6 * cRow + LANES);
    fromArray(SPECIES, s, sAt + 7 * sRow).add(c70).intoArray(c, cAt + 7 * cRow);
    fromArray(SPECIES, s, sAt + 7 * sRow + LANES).add(c71).intoArray(c, cAt + 7 * cRow + LANES);
    fromArray(SPECIES, s, sAt + 8 * sRow).add(c80).intoArray(c, cAt + 8 * cRow);
    fromArray(SPECIES, s, sAt + 8 * sRow + LANES).add(c81).intoArray(c, cAt + 8 * cRow + LANES);
    fromArray(SPECIES, s, sAt + 9 * sRow).add(c90).intoArray(c, cAt + 9 * cRow);
    fromArray(SPECIES, s, sAt + 9 * sRow + LANES).add(c91).intoArray(c, cAt + 9 * cRow + LANES);
    fromArray(SPECIES, s, sAt + 10 * sRow).add(c100).intoArray(c, cAt + 10 * cRow);
    fromArray(SPECIES, s, sAt + 10 * sRow + LANES).add(c101).intoArray(c, cAt + 10 * cRow + LANES);
    fromArray(SPECIES, s, sAt + 11 * sRow).add(c110).intoArray(c, cAt + 11 * cRow);
    fromArray(SPECIES, s, sAt + 11 * sRow + LANES).add(c111).intoArray(c, cAt + 11 * cRow + LANES);
  }
}
