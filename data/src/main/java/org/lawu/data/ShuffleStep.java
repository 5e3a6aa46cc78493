package org.lawu.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.random.Philox;

/** A full buffer, of which a random record leaves for each that comes. */
final class ShuffleStep<T> implements Step<T> {
  private final Step<T> source;
  private final int capacity;
  private final Philox random;
  private final List<Item<T>> buffer = new ArrayList<>();
  private boolean ended;

  ShuffleStep(Step<T> source, int capacity, Philox random) {
    this.source = source;
    this.capacity = capacity;
    this.random = random;
  }

  @Override
  public @Nullable Item<T> next() {
    while (!ended && buffer.size() < capacity) {
      Item<T> item = source.next();
      if (item == null) {
        ended = true;
      } else {
        buffer.add(item);
      }
    }
    if (buffer.isEmpty()) {
      return null;
    }
    int chosen = random.nextInt(buffer.size());
    Item<T> last = buffer.removeLast();
    return chosen == buffer.size() ? last : buffer.set(chosen, last);
  }

  @Override
  public void close() {
    ended = true;
    buffer.clear();
    source.close();
  }
}
