package org.lawu.error;

/** A gradient was asked for that does not exist, such as that of an untracked tensor. */
public final class GradientException extends LawuException {
  private static final long serialVersionUID = 1L;

  /** With a message of the form {@code operation: fault: the values; what to do}. */
  public GradientException(String message) {
    super(message);
  }
}
