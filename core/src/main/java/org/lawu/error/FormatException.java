package org.lawu.error;

/** A file does not hold what it should; the message names the file and the place in it. */
public final class FormatException extends LawuException {
  private static final long serialVersionUID = 1L;

  /** With a message of the form {@code file, place: fault; what to do}. */
  public FormatException(String message) {
    super(message);
  }

  /** The same, keeping what caused it. */
  public FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
