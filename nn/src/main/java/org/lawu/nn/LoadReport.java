package org.lawu.nn;

import java.util.List;

/**
 * What became of the names of a model and a file; see {@link Layer#load(java.nio.file.Path,
 * Loading)}.
 *
 * @param loaded the model's parameters and buffers that were loaded
 * @param missing the model's that the file does not have
 * @param mismatched the model's that the file has in another shape or kind of number
 * @param unexpected the file's names that the model does not have
 */
public record LoadReport(
    List<String> loaded, List<String> missing, List<String> mismatched, List<String> unexpected) {
  /** Copies the lists. */
  public LoadReport {
    loaded = List.copyOf(loaded);
    missing = List.copyOf(missing);
    mismatched = List.copyOf(mismatched);
    unexpected = List.copyOf(unexpected);
  }

  /** Whether all of the model was loaded, and all of the file used. */
  public boolean isComplete() {
    return missing.isEmpty() && mismatched.isEmpty() && unexpected.isEmpty();
  }
}
