package org.lawu.data.sets;

import java.util.List;
import java.util.stream.Stream;

/** The columns of a file in their order. */
final class Names {
  private Names() {}

  static String[] of(List<String> features, String last) {
    return Stream.concat(features.stream(), Stream.of(last)).toArray(String[]::new);
  }

  static String[] of(String first, List<String> features) {
    return Stream.concat(Stream.of(first), features.stream()).toArray(String[]::new);
  }
}
