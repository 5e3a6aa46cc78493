package org.lawu.data;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The records that a condition holds for. */
record FilterStep<T>(Step<T> source, Predicate<? super T> condition) implements Step<T> {

  @Override
  public @Nullable Item<T> next() {
    Item<T> item = source.next();
    while (item != null && !item.<Boolean>map("filter", condition::test).value()) {
      item = source.next();
    }
    return item;
  }

  @Override
  public void close() {
    source.close();
  }
}
