package org.lawu.internal.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SpinTest {

  @Test
  void returnsWhatIsThereAtOnceWhateverTheTime() {
    assertThat(Spin.await(() -> "here", 0)).isEqualTo("here");
  }

  @Test
  void looksAgain() {
    var looks = new AtomicInteger();
    assertThat(Spin.await(() -> looks.incrementAndGet() < 1000 ? null : "here", Long.MAX_VALUE))
        .isEqualTo("here");
    assertThat(looks).hasValue(1000);
  }

  @Test
  void givesUpWhenTheTimeIsOver() {
    long start = System.nanoTime();
    assertThat(Spin.<String>await(() -> null, 2_000_000)).isNull();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_000_000);
  }
}
