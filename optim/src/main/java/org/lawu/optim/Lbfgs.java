package org.lawu.optim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.lawu.error.ArgumentException;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

/**
 * Minimises a loss that is the same whenever it is computed, such as that of a small data set as a
 * whole: limited-memory BFGS, which learns the curvature from its last steps, with a line search
 * that meets the strong Wolfe conditions. Nocedal and Wright, "Numerical optimization" (2006),
 * algorithms 7.4, 7.5, 3.5 and 3.6; PyTorch's {@code LBFGS(line_search_fn="strong_wolfe")}.
 *
 * <pre>{@code
 * var minimum = new Lbfgs().minimize(() -> loss.of(model.forward(features, pass), labels));
 * }</pre>
 *
 * <p>Where the loss is of random batches, or has dropout, it is no function of the parameters; use
 * {@link Adam}. Parameters may be FLOAT32 or FLOAT64, which gets closer; what is computed here is
 * in doubles. Each minimisation begins anew, so there is no state to save, and one object serves
 * any number of them.
 *
 * @param history how many steps the curvature is learnt from; 10 by default
 * @param iterations how many steps to take at most; 100 by default
 * @param gradientTolerance it is found where no slope is larger; 1e-7 by default
 * @param lossTolerance or where a step lowers the loss by less than this part of it, or of 1 if it
 *     is smaller; 1e-9 by default
 */
public record Lbfgs(int history, int iterations, double gradientTolerance, double lossTolerance) {

  /**
   * Checks the settings.
   *
   * @throws ArgumentException if a number of steps is below 1, or a tolerance negative or not
   *     finite
   */
  public Lbfgs {
    if (history < 1) {
      throw new ArgumentException("lbfgs: history must be at least 1 step, got " + history);
    }
    if (iterations < 1) {
      throw new ArgumentException("lbfgs: iterations must be at least 1, got " + iterations);
    }
    Setting.notNegative("gradientTolerance", gradientTolerance);
    Setting.notNegative("lossTolerance", lossTolerance);
  }

  /** At most 100 steps, with a history of 10. */
  public Lbfgs() {
    this(10, 100, 1e-7, 1e-9);
  }

  /** The same with another length of the history. */
  public Lbfgs history(int steps) {
    return new Lbfgs(steps, iterations, gradientTolerance, lossTolerance);
  }

  /** The same with another number of steps at most. */
  public Lbfgs iterations(int iterations) {
    return new Lbfgs(history, iterations, gradientTolerance, lossTolerance);
  }

  /** The same with another largest slope at a minimum. */
  public Lbfgs gradientTolerance(double tolerance) {
    return new Lbfgs(history, iterations, tolerance, lossTolerance);
  }

  /** The same with another least decrease of the loss. */
  public Lbfgs lossTolerance(double tolerance) {
    return new Lbfgs(history, iterations, gradientTolerance, tolerance);
  }

  /** Why a minimisation ended. */
  public enum Ending {
    /** No slope is larger than the tolerance. */
    FLAT,
    /** The last step lowered the loss by less than the tolerance. */
    SETTLED,
    /** No step that lowers the loss was found; at a minimum, rounding is the usual cause. */
    STUCK,
    /** The number of iterations is spent. */
    SPENT
  }

  /**
   * What was found; the parameters are there.
   *
   * @param loss the loss there
   * @param iterations the number of steps
   * @param evaluations how many times the loss was computed
   * @param ending why it ended
   */
  public record Minimum(double loss, int iterations, int evaluations, Ending ending) {}

  /** One step of the past: how the point and the gradient changed. */
  private record Step(double[] point, double[] gradient, double product) {}

  /**
   * Changes all parameters that the loss depends on so that it becomes small.
   *
   * @param loss computes the loss at the present values of the parameters, one number
   * @throws org.lawu.error.GradientException if the loss depends on no parameter or has more than
   *     one element
   * @throws ArgumentException if the loss at the start is not finite
   */
  public Minimum minimize(Supplier<Tensor> loss) {
    Tensor value = loss.get();
    Gradients gradients = value.backward();
    var objective = new Objective(gradients.parameters(), loss);
    return minimize(objective, objective.here(value, gradients));
  }

  /**
   * Changes some parameters so that a loss becomes small. If computing the loss throws, they are
   * those of the last whole step.
   *
   * @throws org.lawu.error.GradientException if the loss depends on no parameter or has more than
   *     one element
   * @throws ArgumentException if there is no parameter, or the loss at the start is not finite
   */
  public Minimum minimize(List<Parameter> parameters, Supplier<Tensor> loss) {
    var objective = new Objective(parameters, loss);
    return minimize(objective, objective.here());
  }

  private Minimum minimize(Objective objective, Objective.Place start) {
    if (!start.isFinite()) {
      throw new ArgumentException(
          "lbfgs: the loss and its gradient must be finite at the start, the loss is "
              + start.loss());
    }
    Objective.Place place = start;
    Deque<Step> steps = new ArrayDeque<>();
    Ending ending = place.steepest() <= gradientTolerance ? Ending.FLAT : Ending.SPENT;
    int iteration = 0;
    while (ending == Ending.SPENT && iteration < iterations) {
      double[] direction = direction(place.gradient(), steps);
      double first = steps.isEmpty() ? Math.min(1, 1 / Vectors.sumOfAbsolutes(direction)) : 1;
      Objective.Place next = LineSearch.from(objective, place, direction, first);
      if (next == null) {
        if (steps.isEmpty()) {
          ending = Ending.STUCK;
        }
        // The curvature may mislead; the gradient itself is the last thing to try.
        steps.clear();
        continue;
      }
      iteration++;
      remember(steps, place, next);
      double decrease = place.loss() - next.loss();
      place = next;
      if (place.steepest() <= gradientTolerance) {
        ending = Ending.FLAT;
      } else if (decrease <= lossTolerance * Math.max(1, Math.abs(place.loss()))) {
        ending = Ending.SETTLED;
      }
    }
    objective.goTo(place);
    return new Minimum(place.loss(), iteration, objective.evaluations(), ending);
  }

  private void remember(Deque<Step> steps, Objective.Place from, Objective.Place to) {
    double[] point = Vectors.difference(to.point(), from.point());
    double[] gradient = Vectors.difference(to.gradient(), from.gradient());
    double product = Vectors.dot(point, gradient);
    // Along a step without positive curvature the model of the loss would not be convex.
    if (product > 1e-10 * Vectors.dot(gradient, gradient)) {
      steps.addLast(new Step(point, gradient, product));
      if (steps.size() > history) {
        steps.removeFirst();
      }
    }
  }

  /** Minus the gradient, times the inverse curvature: the two loops of algorithm 7.4. */
  private static double[] direction(double[] gradient, Deque<Step> steps) {
    double[] direction = Vectors.times(gradient, -1);
    if (steps.isEmpty()) {
      return direction;
    }
    double[] parts = new double[steps.size()];
    int i = parts.length;
    for (Iterator<Step> newest = steps.descendingIterator(); newest.hasNext(); ) {
      Step step = newest.next();
      parts[--i] = Vectors.dot(step.point(), direction) / step.product();
      Vectors.add(direction, -parts[i], step.gradient());
    }
    Step last = steps.getLast();
    direction =
        Vectors.times(direction, last.product() / Vectors.dot(last.gradient(), last.gradient()));
    for (Step step : steps) {
      double present = Vectors.dot(step.gradient(), direction) / step.product();
      Vectors.add(direction, parts[i++] - present, step.point());
    }
    return direction;
  }
}
