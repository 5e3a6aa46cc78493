package org.lawu.data;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a function makes of each record. */
record MapStep<T, R>(Step<T> source, Function<? super T, ? extends R> function) implements Step<R> {

  @Override
  public @Nullable Item<R> next() {
    Item<T> item = source.next();
    return item == null ? null : item.map("map", function);
  }

  @Override
  public void close() {
    source.close();
  }
}
