package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ULT;
import static jdk.incubator.vector.VectorOperators.XOR;
import static org.lawu.internal.kernel.Philox4x32.MULTIPLIER_0;
import static org.lawu.internal.kernel.Philox4x32.MULTIPLIER_1;
import static org.lawu.internal.kernel.Philox4x32.ROUNDS;
import static org.lawu.internal.kernel.Philox4x32.WEYL_0;
import static org.lawu.internal.kernel.Philox4x32.WEYL_1;
import static org.lawu.internal.kernel.Philox4x32.WORD;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Philox4x32-10 for as many blocks at a time as a vector has lanes. The four words of a block are
 * in the lower halves of four vectors, which stay in registers for all ten rounds; what the upper
 * halves hold does not matter.
 */
final class VectorPhilox {

  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Random words that one pass makes. */
  static final int WORDS = 4 * LANES;

  /** Choosing elements from two vectors is one instruction with AVX-512 only. */
  static final boolean SUITS = LANES == 8;

  private static final LongVector INDEX = LongVector.zero(SPECIES).addIndex(1);

  /** Of two tables: the lower halves, element by element in turn; and the upper ones. */
  private static final LongVector LOW = interleaved(0);

  private static final LongVector HIGH = interleaved(LANES / 2);

  private VectorPhilox() {}

  private static LongVector interleaved(int from) {
    long[] index = new long[LANES];
    for (int i = 0; i < LANES; i++) {
      int at = from + i / 2;
      index[i] = i % 2 == 0 ? at : at + LANES;
    }
    return LongVector.fromArray(SPECIES, index, 0);
  }

  /**
   * Writes 1 where a word is below the threshold, as an unsigned number, and 0 elsewhere; for a
   * whole number of {@link #WORDS}.
   */
  static void below(long key, long counter, int threshold, float[] out, int at, int n) {
    LongVector word = LongVector.broadcast(SPECIES, WORD);
    // Masked, although they are small, so that the JIT compiler knows and multiplies 32 bits.
    LongVector m0 = LongVector.broadcast(SPECIES, MULTIPLIER_0).and(word);
    LongVector m1 = LongVector.broadcast(SPECIES, MULTIPLIER_1).and(word);
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < n; i += WORDS) {
      LongVector first = INDEX.add(counter + i / 4);
      LongVector x0 = first;
      LongVector x1 = first.lanewise(LSHR, 32);
      LongVector x2 = LongVector.zero(SPECIES);
      LongVector x3 = x2;
      int key0 = (int) key;
      int key1 = (int) (key >>> 32);
      for (int round = 0; round < ROUNDS; round++) {
        LongVector p0 = x0.and(word).mul(m0);
        LongVector p1 = x2.and(word).mul(m1);
        x0 = p1.lanewise(LSHR, 32).lanewise(XOR, x1).lanewise(XOR, key0 & WORD);
        x2 = p0.lanewise(LSHR, 32).lanewise(XOR, x3).lanewise(XOR, key1 & WORD);
        x1 = p1;
        x3 = p0;
        key0 += WEYL_0;
        key1 += WEYL_1;
      }
      LongVector a = x1.lanewise(LSHL, 32).or(x0.and(word));
      LongVector b = x3.lanewise(LSHL, 32).or(x2.and(word));
      IntVector low = LOW.selectFrom(a, b).reinterpretAsInts();
      IntVector high = HIGH.selectFrom(a, b).reinterpretAsInts();
      zero.blend(one, low.compare(ULT, threshold).cast(FLOATS)).intoArray(out, at + i);
      zero.blend(one, high.compare(ULT, threshold).cast(FLOATS)).intoArray(out, at + i + 2 * LANES);
    }
  }
}
