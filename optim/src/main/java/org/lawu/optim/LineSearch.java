package org.lawu.optim;

import org.jspecify.annotations.Nullable;

/**
 * Finds how far to go in a direction: to where the loss has fallen enough and its slope has become
 * flat enough, the strong Wolfe conditions {@code f(a) <= f(0) + 1e-4 a f'(0)} and {@code |f'(a)|
 * <= 0.9 |f'(0)|}. Nocedal and Wright, "Numerical optimization" (2006), algorithms 3.5 and 3.6.
 */
final class LineSearch {
  private static final double DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;
  private static final int TRIALS = 25;

  private final Objective objective;
  private final Objective.Place start;
  private final double[] direction;
  private final double startSlope;

  private LineSearch(Objective objective, Objective.Place start, double[] direction) {
    this.objective = objective;
    this.start = start;
    this.direction = direction;
    this.startSlope = start.slope(direction);
  }

  /** A place on the way: how far it is, and the slope there. */
  private record Trial(double distance, Objective.Place place, double slope) {
    double loss() {
      return place.loss();
    }
  }

  /** The place to go to, or null if none is found that is lower. */
  static Objective.@Nullable Place from(
      Objective objective, Objective.Place start, double[] direction, double first) {
    var search = new LineSearch(objective, start, direction);
    if (!(search.startSlope < 0)) {
      return null;
    }
    Trial found = search.bracket(first);
    return found.distance() > 0 ? found.place() : null;
  }

  private Trial at(double distance) {
    Objective.Place place = objective.at(start, direction, distance);
    return new Trial(distance, place, place.slope(direction));
  }

  private boolean isTooHigh(Trial trial) {
    return !trial.place().isFinite()
        || trial.loss() > start.loss() + DECREASE * trial.distance() * startSlope;
  }

  private boolean isFlat(Trial trial) {
    return Math.abs(trial.slope()) <= -CURVATURE * startSlope;
  }

  /** Goes twice as far each time, until a minimum lies between the last two places. */
  private Trial bracket(double first) {
    var before = new Trial(0, start, startSlope);
    double distance = first;
    for (int i = 0; i < TRIALS; i++) {
      Trial trial = at(distance);
      if (isTooHigh(trial) || (i > 0 && trial.loss() >= before.loss())) {
        return zoom(before, trial);
      }
      if (isFlat(trial)) {
        return trial;
      }
      if (trial.slope() >= 0) {
        return zoom(trial, before);
      }
      before = trial;
      distance *= 2;
    }
    return before;
  }

  /** Narrows the way between two places, of which {@code low} is the best so far. */
  private Trial zoom(Trial low, Trial high) {
    for (int i = 0; i < TRIALS; i++) {
      Trial trial = at(between(low, high));
      if (isTooHigh(trial) || trial.loss() >= low.loss()) {
        high = trial;
        continue;
      }
      if (isFlat(trial)) {
        return trial;
      }
      if (trial.slope() * (high.distance() - low.distance()) >= 0) {
        high = low;
      }
      low = trial;
    }
    return low;
  }

  /**
   * Where the cubic through two losses and slopes is lowest, but at least a tenth of the way from
   * either end; formula 3.59.
   */
  private static double between(Trial a, Trial b) {
    double width = b.distance() - a.distance();
    double d1 = a.slope() + b.slope() - 3 * (a.loss() - b.loss()) / -width;
    double d2 = Math.signum(width) * Math.sqrt(d1 * d1 - a.slope() * b.slope());
    double part = 1 - (b.slope() + d2 - d1) / (b.slope() - a.slope() + 2 * d2);
    return a.distance() + width * (Double.isFinite(part) ? Math.clamp(part, 0.1, 0.9) : 0.5);
  }
}
