package org.lawu.testkit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.lawu.testkit.ReferenceResult.Failed;
import org.lawu.testkit.ReferenceResult.NotCovered;
import org.lawu.testkit.ReferenceResult.Passed;

/**
 * What came of the cases in a folder; {@code toString} is the line that sums them up.
 *
 * @param results by name of file, sorted
 */
public record ReferenceSummary(Map<String, ReferenceResult> results) {

  /** Copies the map. */
  public ReferenceSummary {
    results = Collections.unmodifiableMap(new TreeMap<>(results));
  }

  /** How many passed. */
  public long passed() {
    return count(Passed.class);
  }

  /** How many failed. */
  public long failed() {
    return count(Failed.class);
  }

  /** How many are of something that does not exist here. */
  public long notCovered() {
    return count(NotCovered.class);
  }

  private long count(Class<? extends ReferenceResult> type) {
    return results.values().stream().filter(type::isInstance).count();
  }

  @Override
  public String toString() {
    return "%d passed, %d failed, %d not covered".formatted(passed(), failed(), notCovered());
  }
}
