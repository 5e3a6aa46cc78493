package org.lawu.data;

import org.jspecify.annotations.Nullable;

/** The records without the first. */
final class SkipStep<T> implements Step<T> {
  private final Step<T> source;
  private long left;

  SkipStep(Step<T> source, long records) {
    this.source = source;
    this.left = records;
  }

  @Override
  public @Nullable Item<T> next() {
    for (; left > 0; left--) {
      if (source.next() == null) {
        return null;
      }
    }
    return source.next();
  }

  @Override
  public void close() {
    source.close();
  }
}
