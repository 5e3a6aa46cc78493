package org.lawu.data;

import org.lawu.error.LawuException;

/**
 * Where a record came from, which a fault in it names: {@code reviews.txt, line 17}.
 *
 * @param source the file; empty for data in memory
 * @param unit what is counted in it, such as {@code line}
 * @param number of the record
 * @param others the number of records that are with it in a batch
 */
record Place(String source, String unit, long number, int others) {

  Place(String source, String unit, long number) {
    this(source, unit, number, 0);
  }

  /** The place of a batch that begins with this record. */
  Place with(int more) {
    return new Place(source, unit, number, others + more);
  }

  /** What a function threw, with the place. */
  LawuException fault(String operation, RuntimeException cause) {
    String message =
        cause instanceof LawuException ? String.valueOf(cause.getMessage()) : cause.toString();
    return new LawuException("%s: %s: %s".formatted(this, operation, message), cause);
  }

  @Override
  public String toString() {
    String file = source.isEmpty() ? "" : source + ", ";
    String rest = others == 0 ? "" : " and %d more".formatted(others);
    return file + unit + " " + number + rest;
  }
}
