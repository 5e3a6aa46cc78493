package org.lawu.error;

/** A NaN or an infinity appeared in a computation that is watched for them. */
public final class AnomalyException extends LawuException {
  private static final long serialVersionUID = 1L;

  /** With a message that says where it appeared. */
  public AnomalyException(String message) {
    super(message);
  }
}
