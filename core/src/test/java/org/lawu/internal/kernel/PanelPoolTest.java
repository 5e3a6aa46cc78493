package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PanelPoolTest {

  private final PanelPool pool = new PanelPool();

  @Test
  void lendsAtLeastWhatIsAskedFor() {
    for (int length = 0; length < 5000; length += 7) {
      assertThat(pool.take(length)).hasSizeGreaterThanOrEqualTo(length);
    }
    for (int exponent = 8; exponent < 22; exponent++) {
      for (int length = (1 << exponent) - 20; length <= (1 << exponent) + 20; length++) {
        float[] buffer = pool.take(length);
        assertThat(buffer).hasSizeBetween(length, 2 * length + 64);
        pool.give(buffer);
      }
    }
  }

  @Test
  void lendsTheLastOneGivenBack() {
    float[] first = pool.take(1000);
    float[] second = pool.take(1000);
    assertThat(second).isNotSameAs(first);
    pool.give(second);
    pool.give(first);
    assertThat(pool.take(1000)).isSameAs(first);
    assertThat(pool.take(1000)).isSameAs(second);
  }

  @Test
  void lendsAThreadWhatItWorkedWith() {
    float[] mine = pool.take(1000);
    float[] another = pool.take(1000);
    float[] third = pool.take(1000);
    long other = Thread.currentThread().threadId() + 1;
    pool.give(third, other);
    pool.give(mine);
    pool.give(another, other);
    assertThat(pool.take(1000)).isSameAs(mine);
    assertThat(pool.take(1000)).isSameAs(another);
    assertThat(pool.take(1000)).isSameAs(third);
  }

  /**
   * However small, it has half a region of G1 at least, of which there are some 2,048. Other
   * collectors have no regions, and small buffers are small.
   */
  @Test
  void alignedBuffersHaveRegionsOfTheirOwn() {
    long region = Math.clamp(Runtime.getRuntime().maxMemory() / 2048, 1 << 20, 32 << 20);
    float[] small = pool.takeAligned(100);
    if ("true".equals(HotSpotFlag.value("UseG1GC"))) {
      assertThat((long) small.length * Float.BYTES).isGreaterThan(region / 2);
    } else {
      assertThat(small).hasSizeLessThan(200);
    }
    float[] larger = pool.takeAligned(300);
    pool.give(larger);
    assertThat(pool.takeAligned(400)).isSameAs(larger);
    assertThat(pool.takeAligned(1 << 23)).hasSizeGreaterThanOrEqualTo(1 << 23);
    assertThat(pool.takeAligned(0)).isEmpty();
  }

  @Test
  void takesNothingThatItDidNotLend() {
    float[] mine = new float[1000];
    pool.give(mine);
    assertThat(pool.take(1000)).isNotSameAs(mine);
  }
}
