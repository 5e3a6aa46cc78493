package org.lawu.internal.parallel;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waiting without going to sleep, since waking a thread takes tens of microseconds. */
final class Spin {

  /** Looks at what is awaited between looks at the clock, which is slow on some machines. */
  private static final int LOOKS = 32;

  private Spin() {}

  /** Waits until something is there, for about so long at most; null if nothing came. */
  static <T> @Nullable T await(Supplier<@Nullable T> awaited, long nanoseconds) {
    long start = System.nanoTime();
    do {
      for (int i = 0; i < LOOKS; i++) {
        T present = awaited.get();
        if (present != null) {
          return present;
        }
        Thread.onSpinWait();
      }
    } while (System.nanoTime() - start < nanoseconds);
    return null;
  }
}
