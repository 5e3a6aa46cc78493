package org.lawu.nn.layer;

import java.util.List;
import java.util.function.Supplier;
import org.lawu.nn.Layer;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** The contract of a layer that a few values describe. */
abstract class LayerCase implements LayerContract {
  private final Supplier<Layer> create;
  private final Tensor input;
  private final Shape outputShape;
  private final List<String> stateNames;
  private final Tensor wrongInput;
  private final String wrongMessage;

  LayerCase(
      Supplier<Layer> create,
      Tensor input,
      Shape outputShape,
      List<String> stateNames,
      Tensor wrongInput,
      String wrongMessage) {
    this.create = create;
    this.input = input;
    this.outputShape = outputShape;
    this.stateNames = stateNames;
    this.wrongInput = wrongInput;
    this.wrongMessage = wrongMessage;
  }

  @Override
  public Layer create() {
    return create.get();
  }

  @Override
  public Tensor input() {
    return input;
  }

  @Override
  public Shape outputShape() {
    return outputShape;
  }

  @Override
  public List<String> stateNames() {
    return stateNames;
  }

  @Override
  public Tensor wrongInput() {
    return wrongInput;
  }

  @Override
  public String wrongMessage() {
    return wrongMessage;
  }
}
