package org.lawu.data;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;

/** One round of an endless repetition, which would never end if it had no record. */
final class RepeatStep<T> implements Step<T> {
  private final Step<T> source;
  private boolean hasRecords;

  RepeatStep(Step<T> source) {
    this.source = source;
  }

  /** Passes without an end; the first is the pass itself, the others have its number hashed. */
  static <T> Stream<Supplier<Step<T>>> rounds(Plan<T> plan, long pass) {
    return Stream.iterate(0L, round -> round + 1)
        .map(round -> {
          long hashed = new Philox(new Philox.State(pass, round)).nextLong();
          return () -> plan.open(round == 0 ? pass : hashed);
        });
  }

  @Override
  public @Nullable Item<T> next() {
    Item<T> item = source.next();
    if (item == null && !hasRecords) {
      throw new ArgumentException(
          "repeat: there is not one record to repeat; look at the files and filters before");
    }
    hasRecords = true;
    return item;
  }

  @Override
  public void close() {
    source.close();
  }
}
