package org.lawu.optim.schedule;

/** One schedule, and from a step on another. */
record Sequence(Schedule first, int steps, Schedule next) implements Schedule {

  Sequence {
    Setting.count("steps", steps);
  }

  @Override
  public double at(int step) {
    return step < steps ? first.at(step) : next.at(step - steps);
  }
}
