package org.lawu.error;

/** An index or axis lies outside what it points into. */
public final class IndexException extends LawuException {
  private static final long serialVersionUID = 1L;

  /** With a message of the form {@code operation: fault: the values; what to do}. */
  public IndexException(String message) {
    super(message);
  }
}
