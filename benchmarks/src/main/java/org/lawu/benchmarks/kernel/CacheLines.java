package org.lawu.benchmarks.kernel;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What it costs a thread to touch memory that another has touched before: why a thread packs what
 * it reads (ADR 17). Two threads take turns with one buffer; the medians of many turns are printed.
 */
public final class CacheLines {
  private static final int ELEMENTS = 25_088;
  private static final int TURNS = 40_000;

  /** Elements of a cache line. */
  private static final int LINE = 16;

  private final float[] buffer = new float[ELEMENTS];
  private final AtomicInteger turn = new AtomicInteger();

  @SuppressWarnings("unused") // or the reads would be dropped
  private volatile float sum;

  private CacheLines() {}

  /** Prints the table. */
  public static void main(String[] args) throws InterruptedException {
    System.out.printf(
        "%d KB, microseconds: once the other thread has %n", ELEMENTS * Float.BYTES / 1024);
    System.out.printf("  written it, to write it   %6.2f%n", new CacheLines().after(false, true));
    System.out.printf("  written it, to read it    %6.2f%n", new CacheLines().after(false, false));
    System.out.printf("  read it, to write it      %6.2f%n", new CacheLines().after(true, true));
  }

  /** The time to write or read what the other thread has read or written since. */
  private double after(boolean otherReads, boolean write) throws InterruptedException {
    Thread other =
        new Thread(() -> {
          for (int i = 0; i < TURNS; i++) {
            await(2 * i + 1);
            touch(!otherReads);
            turn.set(2 * i + 2);
          }
        });
    other.setDaemon(true);
    other.start();
    long[] times = new long[TURNS];
    for (int i = 0; i < TURNS; i++) {
      await(2 * i);
      long start = System.nanoTime();
      touch(write);
      times[i] = System.nanoTime() - start;
      turn.set(2 * i + 1);
    }
    other.join();
    Arrays.sort(times, TURNS / 2, TURNS);
    return times[TURNS * 3 / 4] / 1e3;
  }

  private void await(int number) {
    while (turn.get() != number) {
      Thread.onSpinWait();
    }
  }

  /** One element of each line. */
  private void touch(boolean write) {
    if (write) {
      for (int i = 0; i < ELEMENTS; i += LINE) {
        buffer[i] += 1;
      }
    } else {
      float all = 0;
      for (int i = 0; i < ELEMENTS; i += LINE) {
        all += buffer[i];
      }
      sum = all;
    }
  }
}
