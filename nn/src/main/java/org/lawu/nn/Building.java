package org.lawu.nn;

import java.util.function.Supplier;
import org.lawu.error.FormatException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * The construction of layers whose weights come from elsewhere. Parameters take no memory and no
 * random numbers meanwhile, and a description that asks for more of them than there are weights is
 * refused before it gets them: it may be an attacker's.
 */
final class Building {
  private static final ScopedValue<Building> PRESENT = ScopedValue.newInstance();

  private final long mostTensors;
  private final long mostElements;
  private long tensors;
  private long elements;

  private Building(long mostTensors, long mostElements) {
    this.mostTensors = mostTensors;
    this.mostElements = mostElements;
  }

  /** Runs a construction that may register so many parameters and buffers. */
  static <L extends Layer> L within(long mostTensors, long mostElements, Supplier<L> construction) {
    var building = new Building(mostTensors, mostElements);
    return ScopedValue.where(PRESENT, building).call(construction::get);
  }

  /** A stand-in while building, otherwise what is drawn. */
  static Tensor firstValue(String name, Shape shape, Supplier<Tensor> drawn) {
    if (!PRESENT.isBound()) {
      return drawn.get();
    }
    count(name, shape);
    return Tensor.scalar(0, DType.FLOAT32).expand(shape);
  }

  /** Counts a parameter or buffer. */
  static void count(String name, Shape shape) {
    if (PRESENT.isBound()) {
      PRESENT.get().add(name, shape);
    }
  }

  private void add(String name, Shape shape) {
    tensors++;
    elements += shape.elements();
    if (tensors > mostTensors || elements > mostElements) {
      throw new FormatException(
          "%s %s is more than the weights that there are, %d tensors with %d elements"
              .formatted(name, shape, mostTensors, mostElements));
    }
  }
}
