package org.lawu.error;

/** The sizes of tensors do not fit an operation, or each other. */
public final class ShapeException extends LawuException {
  private static final long serialVersionUID = 1L;

  /** With a message of the form {@code operation: fault: the values; what to do}. */
  public ShapeException(String message) {
    super(message);
  }
}
