package org.lawu.optim;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.lawu.error.ArgumentException;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

/** A loss as a function of one vector, the elements of all parameters one after another. */
final class Objective {
  private final List<Parameter> parameters;
  private final Supplier<Tensor> loss;
  private int evaluations;

  Objective(List<Parameter> parameters, Supplier<Tensor> loss) {
    if (parameters.isEmpty()) {
      throw new ArgumentException("lbfgs: there is no parameter to change");
    }
    this.parameters = List.copyOf(parameters);
    this.loss = loss;
  }

  /** A point, the loss there, and its gradient. */
  record Place(double[] point, double loss, double[] gradient) {
    boolean isFinite() {
      return Double.isFinite(loss) && Double.isFinite(Vectors.sumOfAbsolutes(gradient));
    }

    /** The largest slope along an axis. */
    double steepest() {
      return Arrays.stream(gradient).map(Math::abs).max().orElse(0);
    }

    double slope(double[] direction) {
      return Vectors.dot(gradient, direction);
    }
  }

  int evaluations() {
    return evaluations;
  }

  /** The place where the parameters are. */
  Place here() {
    Tensor value = loss.get();
    return here(value, value.backward());
  }

  /** The same from a loss that was just computed. */
  Place here(Tensor value, Gradients gradients) {
    evaluations++;
    return new Place(
        join(parameters.stream().map(Parameter::value).toList()),
        value.item(),
        join(
            parameters.stream()
                .map(parameter ->
                    gradients.has(parameter)
                        ? gradients.of(parameter)
                        : Tensor.zeros(parameter.shape(), parameter.dtype()))
                .toList()));
  }

  /** The place at a distance; the parameters stay there, or where they were if the loss throws. */
  Place at(Place from, double[] direction, double distance) {
    double[] point = from.point().clone();
    Vectors.add(point, distance, direction);
    try {
      set(point);
      return here();
    } catch (RuntimeException fault) {
      set(from.point());
      throw fault;
    }
  }

  void goTo(Place place) {
    set(place.point());
  }

  private void set(double[] point) {
    int from = 0;
    for (Parameter parameter : parameters) {
      int to = from + parameter.shape().elements();
      double[] elements = Arrays.copyOfRange(point, from, to);
      parameter.set(Tensor.of(elements, parameter.shape().toArray()).to(parameter.dtype()));
      from = to;
    }
  }

  private static double[] join(List<Tensor> tensors) {
    return tensors.stream()
        .flatMapToDouble(tensor -> Arrays.stream(tensor.toDoubleArray()))
        .toArray();
  }
}
