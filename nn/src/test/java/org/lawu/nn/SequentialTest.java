package org.lawu.nn;

import java.util.List;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.LayerContract;
import org.lawu.nn.layer.Relu;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class SequentialTest implements LayerContract {

  @Override
  public Layer create() {
    return Sequential.of(new Dense(3, 4), new Relu(), new Dropout(0.2), new Dense(4, 2));
  }

  @Override
  public Tensor input() {
    return Tensor.normal(new Philox(1), 0, 1, 5, 3);
  }

  @Override
  public Shape outputShape() {
    return Shape.of(5, 2);
  }

  @Override
  public List<String> stateNames() {
    return List.of("0.weight", "0.bias", "3.weight", "3.bias");
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(5, 4);
  }

  @Override
  public String wrongPlace() {
    return "0";
  }

  @Override
  public String wrongMessage() {
    return "linear: last axis must be 3, input is [5, 4] (weight [4, 3])";
  }
}
