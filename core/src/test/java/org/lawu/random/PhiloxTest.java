package org.lawu.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;

class PhiloxTest {

  /** The known answers published with the generator (Random123, kat_vectors, philox4x32 10). */
  @Test
  void blocksAreThePublishedOnes() {
    assertBlock(0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    assertBlock(-1, -1, -1, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    assertBlock(
        0x299f31d0a4093822L,
        0x85a308d3243f6a88L,
        0x0370734413198a2eL,
        0xd16cfe09,
        0x94fdcceb,
        0x5001e420,
        0x24126ea1);
  }

  private static void assertBlock(long key, long low, long high, int... expected) {
    int[] block = new int[4];
    Philox.block(key, low, high, block);
    assertThat(block).containsExactly(expected);
  }

  @Test
  void theSameSeedGivesTheSameNumbers() {
    float[] first = normals(new Philox(7), 1001);
    assertThat(normals(new Philox(7), 1001)).isEqualTo(first);
    assertThat(normals(new Philox(8), 1001)).isNotEqualTo(first);
  }

  @Test
  void aLongArrayStartsLikeAShortOne() {
    float[] shorter = normals(new Philox(7), 1_000);
    float[] longer = normals(new Philox(7), 100_000);
    assertThat(Arrays.copyOf(longer, 1_000)).isEqualTo(shorter);
  }

  @Test
  void continuesFromItsState() {
    var random = new Philox(3);
    normals(random, 17);
    var copy = new Philox(random.state());
    assertThat(normals(copy, 100)).isEqualTo(normals(random, 100));
    assertThat(copy.state()).isEqualTo(random.state());
  }

  @Test
  void splittingGivesAnotherSequence() {
    var random = new Philox(3);
    float[] first = normals(random.split(), 100);
    float[] second = normals(random.split(), 100);
    assertThat(first).isNotEqualTo(second);
    assertThat(normals(new Philox(3).split(), 100)).isEqualTo(first);
  }

  @Test
  void normalNumbersAreNormal() {
    double p =
        new KolmogorovSmirnovTest()
            .kolmogorovSmirnovTest(
                new NormalDistribution(null, 2, 3), doubles(normal(new Philox(1), 20_000, 2, 3)));
    assertThat(p).isGreaterThan(0.01);
  }

  @Test
  void uniformNumbersAreUniformAndStayBelowTheEnd() {
    float[] numbers = new float[20_000];
    new Philox(1).fillUniform(numbers, -1, 4);
    double p =
        new KolmogorovSmirnovTest()
            .kolmogorovSmirnovTest(new UniformRealDistribution(null, -1, 4), doubles(numbers));
    assertThat(p).isGreaterThan(0.01);
    float[] narrow = new float[100_000];
    new Philox(1).fillUniform(narrow, 1, Math.nextUp(1f));
    for (float number : narrow) {
      assertThat(number).isEqualTo(1f);
    }
  }

  @Test
  void bernoulliHitsItsProbability() {
    float[] numbers = new float[100_000];
    new Philox(5).fillBernoulli(numbers, 0.3);
    double sum = 0;
    for (float number : numbers) {
      assertThat(number).isIn(0f, 1f);
      sum += number;
    }
    // Five standard deviations.
    assertThat(sum / numbers.length).isBetween(0.3 - 0.0073, 0.3 + 0.0073);
    new Philox(5).fillBernoulli(numbers, 1);
    assertThat(numbers).containsOnly(1f);
    new Philox(5).fillBernoulli(numbers, 0);
    assertThat(numbers).containsOnly(0f);
  }

  @Test
  void permutationHoldsEachNumberOnceAndEveryOrderEquallyOften() {
    int[] order = new Philox(9).permutation(1000);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      assertThat(sorted[i]).isEqualTo(i);
    }
    var random = new Philox(10);
    int[] count = new int[6];
    for (int i = 0; i < 6000; i++) {
      int[] three = random.permutation(3);
      count[three[0] * 2 + (three[1] > three[2] ? 1 : 0)]++;
    }
    // Expected 1000 each, standard deviation about 29.
    for (int n : count) {
      assertThat(n).isBetween(850, 1150);
    }
    assertThat(random.permutation(0)).isEmpty();
  }

  @Test
  void refusesSettingsWithoutMeaning() {
    var random = new Philox(1);
    float[] out = new float[3];
    assertThatThrownBy(() -> random.fillUniform(out, 2, 2))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("uniform: low must be below high, got 2.0 and 2.0");
    assertThatThrownBy(() -> random.fillNormal(out, 0, -1))
        .hasMessage("normal: the standard deviation must not be negative, got -1.0");
    assertThatThrownBy(() -> random.fillBernoulli(out, 1.5))
        .hasMessage("bernoulli: the probability must be in [0, 1], got 1.5");
    assertThatThrownBy(() -> random.permutation(-1))
        .hasMessage("permutation: n must not be negative, got -1");
  }

  private static float[] normals(Philox random, int n) {
    return normal(random, n, 0, 1);
  }

  private static float[] normal(Philox random, int n, float mean, float deviation) {
    float[] out = new float[n];
    random.fillNormal(out, mean, deviation);
    return out;
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    Arrays.setAll(result, i -> values[i]);
    return result;
  }
}
