package org.lawu.testkit;

/** What came of running a {@link ReferenceCase}. */
public sealed interface ReferenceResult {

  /** All results agree. */
  record Passed() implements ReferenceResult {}

  /** A result differs, or the case could not be run; the message says where. */
  record Failed(String message) implements ReferenceResult {}

  /** The case is of something that does not exist here. */
  record NotCovered(String reason) implements ReferenceResult {}
}
