package org.lawu.error;

/** The root of everything that Lawu throws on its own account. */
public class LawuException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message of the form {@code operation: fault: the values; what to do}. */
  public LawuException(String message) {
    super(message);
  }

  /** The same, keeping what caused it. */
  public LawuException(String message, Throwable cause) {
    super(message, cause);
  }
}
