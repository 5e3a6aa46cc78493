package org.lawu.internal.array;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecyclerTest {
  private final Recycler recycler = new Recycler();

  private void run(int... lengths) {
    recycler.run(() -> {
      for (int length : lengths) {
        recycler.take(length);
      }
      return 0;
    });
  }

  @Test
  void keepsWhatTheNextRunNeeds() {
    run(4000, 5000, 4000);
    assertThat(recycler.elements()).isEqualTo(13_000);
    run(4000, 5000, 4000);
    assertThat(recycler.elements()).isEqualTo(13_000);
  }

  @Test
  void holdsTwoRunsWhereEachHasLengthsOfItsOwn() {
    for (int i = 0; i < 100; i++) {
      int length = 100_000 - 100 * i;
      run(length, length, 2 * length);
      assertThat(recycler.elements()).isLessThanOrEqualTo(2 * 400_000);
    }
  }

  @Test
  void aSmallRunInBetweenCostsNothing() {
    run(100_000, 200_000);
    run(2_000);
    assertThat(recycler.elements()).isEqualTo(302_000);
  }
}
