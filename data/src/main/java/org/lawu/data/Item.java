package org.lawu.data;

import java.util.function.Function;
import org.lawu.error.LawuException;

/** A record on its way through a pipeline. */
record Item<T>(T value, Place place) {

  /**
   * What a function of the user's makes of the record.
   *
   * @param operation the stage, for messages
   * @throws LawuException if the function fails or returns null; the message names the place
   */
  <R> Item<R> map(String operation, Function<? super T, ? extends R> function) {
    R result;
    try {
      result = function.apply(value);
    } catch (RuntimeException fault) {
      throw place.fault(operation, fault);
    }
    if (result == null) {
      throw new LawuException(
          "%s: %s: the function returned null; use filter to leave records out"
              .formatted(place, operation));
    }
    return new Item<>(result, place);
  }
}
