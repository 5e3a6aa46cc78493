package org.lawu.internal.parallel;

/** Work on the indices from {@code from}, inclusive, to {@code to}, exclusive. */
@FunctionalInterface
public interface RangeBody {
  /** Does it; may run on any thread, at the same time as other ranges. */
  void run(int from, int to);
}
