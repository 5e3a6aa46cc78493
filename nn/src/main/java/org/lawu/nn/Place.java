package org.lawu.nn;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lawu.error.AnomalyException;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.FormatException;
import org.lawu.error.GradientException;
import org.lawu.error.IndexException;
import org.lawu.error.LawuException;
import org.lawu.error.ShapeException;

/** Says in the message of a fault at which layer of the model it arose. */
final class Place {
  private static final String AT = "at ";

  private Place() {}

  /**
   * The fault with its place in front, of the same type and with the same stack trace; as it is
   * where an inner layer has named its place already, or the type is not Lawu's own.
   */
  static LawuException named(String place, LawuException fault) {
    String message = Objects.requireNonNullElse(fault.getMessage(), "");
    return message.startsWith(AT) ? fault : prefixed(AT + place, fault);
  }

  /** The fault with words in front of its message, of the same type where that is Lawu's own. */
  static LawuException prefixed(String words, LawuException fault) {
    String text = words + ": " + fault.getMessage();
    @Nullable LawuException named =
        switch (fault) {
          case ShapeException _ -> new ShapeException(text);
          case DTypeException _ -> new DTypeException(text);
          case IndexException _ -> new IndexException(text);
          case ArgumentException _ -> new ArgumentException(text);
          case GradientException _ -> new GradientException(text);
          case FormatException _ -> new FormatException(text);
          case AnomalyException _ -> new AnomalyException(text);
          default -> null;
        };
    if (named == null) {
      return fault;
    }
    named.setStackTrace(fault.getStackTrace());
    if (fault.getCause() != null) {
      named.initCause(fault.getCause());
    }
    return named;
  }
}
