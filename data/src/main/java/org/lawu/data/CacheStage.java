package org.lawu.data;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of the first pass that comes to its end. All passes are of one plan, so that it
 * makes no difference which of them that is.
 */
final class CacheStage<T> extends Pipeline<T> {
  private final Pipeline<T> source;
  private final AtomicReference<List<Item<T>>> records = new AtomicReference<>();
  private @Nullable Plan<T> plan;

  CacheStage(Pipeline<T> source) {
    this.source = source;
  }

  @Override
  public OptionalLong knownSize() {
    List<Item<T>> known = records.get();
    return known == null ? source.knownSize() : OptionalLong.of(known.size());
  }

  @Override
  synchronized Plan<T> plan() {
    if (plan == null) {
      plan = source.plan();
    }
    Plan<T> only = plan;
    return pass -> {
      List<Item<T>> known = records.get();
      return known == null ? new Recording(only.open(Plan.FIRST)) : new Kept<>(known);
    };
  }

  /** Reads from the source, and keeps what it reads. */
  private final class Recording implements Step<T> {
    private final Step<T> step;
    private final List<Item<T>> read = new ArrayList<>();

    Recording(Step<T> step) {
      this.step = step;
    }

    @Override
    public @Nullable Item<T> next() {
      Item<T> item = step.next();
      if (item == null) {
        records.compareAndSet(null, read);
      } else {
        read.add(item);
      }
      return item;
    }

    @Override
    public void close() {
      step.close();
    }
  }

  /** Reads what was kept. */
  private static final class Kept<T> implements Step<T> {
    private final List<Item<T>> records;
    private int next;

    Kept(List<Item<T>> records) {
      this.records = records;
    }

    @Override
    public @Nullable Item<T> next() {
      return next < records.size() ? records.get(next++) : null;
    }

    @Override
    public void close() {
      next = records.size();
    }
  }
}
