package org.lawu.error;

/** The element type of a tensor does not fit an operation, or another tensor's. */
public final class DTypeException extends LawuException {
  private static final long serialVersionUID = 1L;

  /** With a message of the form {@code operation: fault: the values; what to do}. */
  public DTypeException(String message) {
    super(message);
  }
}
