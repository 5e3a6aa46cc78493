package org.lawu.error;

/** A setting lies outside the values that make sense, such as a dropout rate of 1.5. */
public final class ArgumentException extends LawuException {
  private static final long serialVersionUID = 1L;

  /** With a message of the form {@code operation: fault: the values; what to do}. */
  public ArgumentException(String message) {
    super(message);
  }
}
