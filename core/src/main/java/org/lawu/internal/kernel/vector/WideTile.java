package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tile of the matrix product for 32 vector registers. A block of C is summed over all
 * of k in registers, each step a rank-one update with a column of A, {@link Tiles#ROWS} contiguous
 * elements that follow those of the step before, and a row of B (at {@code bAt + p * bStep},
 * contiguous). The sums start from the block at {@code sAt}, {@code sRow}: that of C, or zeros.
 *
 * <p>Each sum has a variable of its own, or the JIT compiler would not keep it in a register. What
 * a tile costs beside its arithmetic are instructions that check bounds: for each element of A in a
 * step before the loop, for each vector read or written outside of it. Hence A is laid out step
 * after step, with one base for all rows, and zeros are not read. The checks of B in the loop cost
 * nothing beside 24 multiplications.
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
      float[] b,
      int bAt,
      int bStep,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    FloatVector c00;
    FloatVector c01;
    FloatVector c10;
    FloatVector c11;
    FloatVector c20;
    FloatVector c21;
    FloatVector c30;
    FloatVector c31;
    FloatVector c40;
    FloatVector c41;
    FloatVector c50;
    FloatVector c51;
    FloatVector c60;
    FloatVector c61;
    FloatVector c70;
    FloatVector c71;
    FloatVector c80;
    FloatVector c81;
    FloatVector c90;
    FloatVector c91;
    FloatVector c100;
    FloatVector c101;
    FloatVector c110;
    FloatVector c111;
    if (Tiles.isNothing(s)) {
      c00 = FloatVector.zero(SPECIES);
      c01 = c00;
      c10 = c00;
      c11 = c00;
      c20 = c00;
      c21 = c00;
      c30 = c00;
      c31 = c00;
      c40 = c00;
      c41 = c00;
      c50 = c00;
      c51 = c00;
      c60 = c00;
      c61 = c00;
      c70 = c00;
      c71 = c00;
      c80 = c00;
      c81 = c00;
      c90 = c00;
      c91 = c00;
      c100 = c00;
      c101 = c00;
      c110 = c00;
      c111 = c00;
    } else {
      c00 = fromArray(SPECIES, s, sAt);
      c01 = fromArray(SPECIES, s, sAt + LANES);
      c10 = fromArray(SPECIES, s, sAt + sRow);
      c11 = fromArray(SPECIES, s, sAt + sRow + LANES);
      c20 = fromArray(SPECIES, s, sAt + 2 * sRow);
      c21 = fromArray(SPECIES, s, sAt + 2 * sRow + LANES);
      c30 = fromArray(SPECIES, s, sAt + 3 * sRow);
      c31 = fromArray(SPECIES, s, sAt + 3 * sRow + LANES);
      c40 = fromArray(SPECIES, s, sAt + 4 * sRow);
      c41 = fromArray(SPECIES, s, sAt + 4 * sRow + LANES);
      c50 = fromArray(SPECIES, s, sAt + 5 * sRow);
      c51 = fromArray(SPECIES, s, sAt + 5 * sRow + LANES);
      c60 = fromArray(SPECIES, s, sAt + 6 * sRow);
      c61 = fromArray(SPECIES, s, sAt + 6 * sRow + LANES);
      c70 = fromArray(SPECIES, s, sAt + 7 * sRow);
      c71 = fromArray(SPECIES, s, sAt + 7 * sRow + LANES);
      c80 = fromArray(SPECIES, s, sAt + 8 * sRow);
      c81 = fromArray(SPECIES, s, sAt + 8 * sRow + LANES);
      c90 = fromArray(SPECIES, s, sAt + 9 * sRow);
      c91 = fromArray(SPECIES, s, sAt + 9 * sRow + LANES);
      c100 = fromArray(SPECIES, s, sAt + 10 * sRow);
      c101 = fromArray(SPECIES, s, sAt + 10 * sRow + LANES);
      c110 = fromArray(SPECIES, s, sAt + 11 * sRow);
      c111 = fromArray(SPECIES, s, sAt + 11 * sRow + LANES);
    }
    for (int p = 0; p < k; p++) {
      int ap = aAt + p * Tiles.ROWS;
      int bp = bAt + p * bStep;
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
