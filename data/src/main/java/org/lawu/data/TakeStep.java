package org.lawu.data;

import org.jspecify.annotations.Nullable;

/** The first records. */
final class TakeStep<T> implements Step<T> {
  private final Step<T> source;
  private long left;

  TakeStep(Step<T> source, long records) {
    this.source = source;
    this.left = records;
  }

  @Override
  public @Nullable Item<T> next() {
    if (left == 0) {
      return null;
    }
    left--;
    return source.next();
  }

  @Override
  public void close() {
    source.close();
  }
}
