package org.lawu.internal.kernel;

/** How the elements along an axis are combined into one. */
public enum ReduceFunction {
  /** Their sum; 0 for none. */
  SUM,
  /** The largest; NaN if any is NaN; negative infinity for none. */
  MAX,
  /** The smallest; NaN if any is NaN; infinity for none. */
  MIN,
}
