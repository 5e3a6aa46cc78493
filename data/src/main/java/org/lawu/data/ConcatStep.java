package org.lawu.data;

import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The records of several steps one after the other, each begun when the last has ended. */
final class ConcatStep<T> implements Step<T> {
  private final Iterator<Supplier<Step<T>>> parts;
  private @Nullable Step<T> current;
  private boolean closed;

  ConcatStep(Iterator<Supplier<Step<T>>> parts) {
    this.parts = parts;
  }

  @Override
  public @Nullable Item<T> next() {
    while (!closed) {
      if (current == null) {
        if (!parts.hasNext()) {
          return null;
        }
        current = parts.next().get();
      }
      Item<T> item = current.next();
      if (item != null) {
        return item;
      }
      current.close();
      current = null;
    }
    return null;
  }

  @Override
  public void close() {
    closed = true;
    if (current != null) {
      current.close();
    }
  }
}
