package org.lawu.data;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.lawu.error.LawuException;

/** The elements of a collection or the like, counted from 0. */
final class IterableStep<T> implements Step<T> {
  private final Iterable<T> records;
  private @Nullable Iterator<T> iterator;
  private long number;
  private boolean closed;

  IterableStep(Iterable<T> records) {
    this.records = records;
  }

  @Override
  public @Nullable Item<T> next() {
    if (closed) {
      return null;
    }
    var place = new Place("", "record", number);
    T value;
    try {
      if (iterator == null) {
        iterator = records.iterator();
      }
      if (!iterator.hasNext()) {
        return null;
      }
      value = iterator.next();
    } catch (RuntimeException fault) {
      throw place.fault("of", fault);
    }
    if (value == null) {
      throw new LawuException(place + ": of: the record is null; leave it out");
    }
    number++;
    return new Item<>(value, place);
  }

  @Override
  public void close() {
    if (!closed && iterator instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception fault) {
        throw new LawuException("of: the iterator cannot be closed: " + fault, fault);
      }
    }
    closed = true;
  }
}
