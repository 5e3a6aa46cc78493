package org.lawu.testkit;

import java.util.ArrayList;
import java.util.List;
import org.lawu.tensor.Tensor;

/**
 * Compares tensors with a case's expected ones and collects what differs: {@code x} agrees with
 * {@code y} where {@code |x - y| <= absolute + relative |y|} for every element.
 */
public final class ReferenceComparison {
  private static final double RELATIVE = 1e-5;

  /** Above 1e-6, by which expected values are off themselves where FLOAT32 saturates. */
  private static final double ABSOLUTE = 2e-6;

  private final ReferenceCase reference;
  private final double relative;
  private final double absolute;
  private final List<String> faults = new ArrayList<>();

  /** With the tolerances for FLOAT32: 1e-5 relative, 2e-6 absolute. */
  public ReferenceComparison(ReferenceCase reference) {
    this(reference, RELATIVE, ABSOLUTE);
  }

  /** With tolerances of one's own. */
  public ReferenceComparison(ReferenceCase reference, double relative, double absolute) {
    this.reference = reference;
    this.relative = relative;
    this.absolute = absolute;
  }

  /** Compares with the case's tensor of that name. */
  public ReferenceComparison agrees(String name, Tensor actual) {
    Tensor expected = reference.tensor(name);
    if (!actual.shape().equals(expected.shape()) || actual.dtype() != expected.dtype()) {
      faults.add(
          "%s is %s %s, expected %s %s"
              .formatted(name, actual.dtype(), actual.shape(), expected.dtype(), expected.shape()));
      return this;
    }
    double[] x = actual.toDoubleArray();
    double[] y = expected.toDoubleArray();
    int worst = -1;
    double excess = 0;
    for (int i = 0; i < x.length; i++) {
      double over = excess(x[i], y[i]);
      if (over > excess) {
        excess = over;
        worst = i;
      }
    }
    if (worst >= 0) {
      faults.add(
          "%s at %s is %s, expected %s"
              .formatted(name, Place.of(actual.shape(), worst), x[worst], y[worst]));
    }
    return this;
  }

  /** Compares a number with an expected one. */
  public ReferenceComparison agrees(String name, double actual, double expected) {
    if (excess(actual, expected) > 0) {
      faults.add("%s is %s, expected %s".formatted(name, actual, expected));
    }
    return this;
  }

  /** By how much two numbers differ beyond what they may; not positive where they agree. */
  private double excess(double x, double y) {
    if (Double.compare(x, y) == 0) {
      return 0;
    }
    double excess = Math.abs(x - y) - (absolute + relative * Math.abs(y));
    return Double.isNaN(excess) ? Double.POSITIVE_INFINITY : excess;
  }

  /** Passed, or failed with everything that differed. */
  public ReferenceResult result() {
    return faults.isEmpty()
        ? new ReferenceResult.Passed()
        : new ReferenceResult.Failed(String.join("; ", faults));
  }
}
