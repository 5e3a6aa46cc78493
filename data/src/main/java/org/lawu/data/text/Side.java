package org.lawu.data.text;

/** An end of a text. */
public enum Side {
  /** Before the first token; Keras's {@code pre}. */
  START,
  /** After the last token; Keras's {@code post}. */
  END
}
