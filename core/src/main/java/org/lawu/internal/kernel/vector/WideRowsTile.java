package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tile of 12 rows by 2 vectors for contiguous rows of A, {@code aRow} apart, and a
 * packed panel of B, whose steps are two vectors apart; otherwise as {@link WideTile}. Since the
 * bounds of each row are checked before the loop, a tile costs 20 nanoseconds more, but A need not
 * be turned. Two steps at a time, or the JIT compiler keeps addresses in vector registers: that is
 * a sixth faster.
 */
final class WideRowsTile {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int COLUMNS = 2 * LANES;

  private WideRowsTile() {}

  /** 12 rows by 2 vectors. */
  static void tile12x2(
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
    int a1At = aAt + aRow;
    int a2At = aAt + 2 * aRow;
    int a3At = aAt + 3 * aRow;
    int a4At = aAt + 4 * aRow;
    int a5At = aAt + 5 * aRow;
    int a6At = aAt + 6 * aRow;
    int a7At = aAt + 7 * aRow;
    int a8At = aAt + 8 * aRow;
    int a9At = aAt + 9 * aRow;
    int a10At = aAt + 10 * aRow;
    int a11At = aAt + 11 * aRow;
    int p = 0;
    for (; p < k - 1; p += 2) {
      int bp = bAt + p * COLUMNS;
      FloatVector b00 = fromArray(SPECIES, b, bp);
      FloatVector b01 = fromArray(SPECIES, b, bp + LANES);
      FloatVector x00 = broadcast(SPECIES, a[aAt + p]);
      c00 = x00.fma(b00, c00);
      c01 = x00.fma(b01, c01);
      FloatVector x01 = broadcast(SPECIES, a[a1At + p]);
      c10 = x01.fma(b00, c10);
      c11 = x01.fma(b01, c11);
      FloatVector x02 = broadcast(SPECIES, a[a2At + p]);
      c20 = x02.fma(b00, c20);
      c21 = x02.fma(b01, c21);
      FloatVector x03 = broadcast(SPECIES, a[a3At + p]);
      c30 = x03.fma(b00, c30);
      c31 = x03.fma(b01, c31);
      FloatVector x04 = broadcast(SPECIES, a[a4At + p]);
      c40 = x04.fma(b00, c40);
      c41 = x04.fma(b01, c41);
      FloatVector x05 = broadcast(SPECIES, a[a5At + p]);
      c50 = x05.fma(b00, c50);
      c51 = x05.fma(b01, c51);
      FloatVector x06 = broadcast(SPECIES, a[a6At + p]);
      c60 = x06.fma(b00, c60);
      c61 = x06.fma(b01, c61);
      FloatVector x07 = broadcast(SPECIES, a[a7At + p]);
      c70 = x07.fma(b00, c70);
      c71 = x07.fma(b01, c71);
      FloatVector x08 = broadcast(SPECIES, a[a8At + p]);
      c80 = x08.fma(b00, c80);
      c81 = x08.fma(b01, c81);
      FloatVector x09 = broadcast(SPECIES, a[a9At + p]);
      c90 = x09.fma(b00, c90);
      c91 = x09.fma(b01, c91);
      FloatVector x010 = broadcast(SPECIES, a[a10At + p]);
      c100 = x010.fma(b00, c100);
      c101 = x010.fma(b01, c101);
      FloatVector x011 = broadcast(SPECIES, a[a11At + p]);
      c110 = x011.fma(b00, c110);
      c111 = x011.fma(b01, c111);
      FloatVector b10 = fromArray(SPECIES, b, bp + COLUMNS);
      FloatVector b11 = fromArray(SPECIES, b, bp + COLUMNS + LANES);
      FloatVector x10 = broadcast(SPECIES, a[aAt + p + 1]);
      c00 = x10.fma(b10, c00);
      c01 = x10.fma(b11, c01);
      FloatVector x11 = broadcast(SPECIES, a[a1At + p + 1]);
      c10 = x11.fma(b10, c10);
      c11 = x11.fma(b11, c11);
      FloatVector x12 = broadcast(SPECIES, a[a2At + p + 1]);
      c20 = x12.fma(b10, c20);
      c21 = x12.fma(b11, c21);
      FloatVector x13 = broadcast(SPECIES, a[a3At + p + 1]);
      c30 = x13.fma(b10, c30);
      c31 = x13.fma(b11, c31);
      FloatVector x14 = broadcast(SPECIES, a[a4At + p + 1]);
      c40 = x14.fma(b10, c40);
      c41 = x14.fma(b11, c41);
      FloatVector x15 = broadcast(SPECIES, a[a5At + p + 1]);
      c50 = x15.fma(b10, c50);
      c51 = x15.fma(b11, c51);
      FloatVector x16 = broadcast(SPECIES, a[a6At + p + 1]);
      c60 = x16.fma(b10, c60);
      c61 = x16.fma(b11, c61);
      FloatVector x17 = broadcast(SPECIES, a[a7At + p + 1]);
      c70 = x17.fma(b10, c70);
      c71 = x17.fma(b11, c71);
      FloatVector x18 = broadcast(SPECIES, a[a8At + p + 1]);
      c80 = x18.fma(b10, c80);
      c81 = x18.fma(b11, c81);
      FloatVector x19 = broadcast(SPECIES, a[a9At + p + 1]);
      c90 = x19.fma(b10, c90);
      c91 = x19.fma(b11, c91);
      FloatVector x110 = broadcast(SPECIES, a[a10At + p + 1]);
      c100 = x110.fma(b10, c100);
      c101 = x110.fma(b11, c101);
      FloatVector x111 = broadcast(SPECIES, a[a11At + p + 1]);
      c110 = x111.fma(b10, c110);
      c111 = x111.fma(b11, c111);
    }
    if (p < k) {
      int bp = bAt + p * COLUMNS;
      FloatVector b0 = fromArray(SPECIES, b, bp);
      FloatVector b1 = fromArray(SPECIES, b, bp + LANES);
      FloatVector x0 = broadcast(SPECIES, a[aAt + p]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = broadcast(SPECIES, a[a1At + p]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = broadcast(SPECIES, a[a2At + p]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = broadcast(SPECIES, a[a3At + p]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      FloatVector x4 = broadcast(SPECIES, a[a4At + p]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      FloatVector x5 = broadcast(SPECIES, a[a5At + p]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      FloatVector x6 = broadcast(SPECIES, a[a6At + p]);
      c60 = x6.fma(b0, c60);
      c61 = x6.fma(b1, c61);
      FloatVector x7 = broadcast(SPECIES, a[a7At + p]);
      c70 = x7.fma(b0, c70);
      c71 = x7.fma(b1, c71);
      FloatVector x8 = broadcast(SPECIES, a[a8At + p]);
      c80 = x8.fma(b0, c80);
      c81 = x8.fma(b1, c81);
      FloatVector x9 = broadcast(SPECIES, a[a9At + p]);
      c90 = x9.fma(b0, c90);
      c91 = x9.fma(b1, c91);
      FloatVector x10 = broadcast(SPECIES, a[a10At + p]);
      c100 = x10.fma(b0, c100);
      c101 = x10.fma(b1, c101);
      FloatVector x11 = broadcast(SPECIES, a[a11At + p]);
      c110 = x11.fma(b0, c110);
      c111 = x11.fma(b1, c111);
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
