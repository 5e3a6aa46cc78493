package org.lawu.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records in groups. */
record BatchStep<T>(Step<T> source, int size) implements Step<List<T>> {

  @Override
  public @Nullable Item<List<T>> next() {
    Item<T> first = source.next();
    if (first == null) {
      return null;
    }
    List<T> values = new ArrayList<>();
    values.add(first.value());
    while (values.size() < size) {
      Item<T> item = source.next();
      if (item == null) {
        break;
      }
      values.add(item.value());
    }
    return new Item<>(Collections.unmodifiableList(values), first.place().with(values.size() - 1));
  }

  @Override
  public void close() {
    source.close();
  }
}
