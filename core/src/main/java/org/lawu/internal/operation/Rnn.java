package org.lawu.internal.operation;

import java.util.List;
import org.lawu.tensor.Tensor;

/**
 * The simple recurrent layer: {@code h = tanh(W_ih x + b_ih + W_hh h + b_hh)}, or {@code relu} in
 * place of {@code tanh}.
 */
public record Rnn(boolean relu, boolean reverse) implements Recurrent {

  @Override
  public int gates() {
    return 1;
  }

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public int apart() {
    return 0;
  }

  @Override
  public boolean keepsMore() {
    return false;
  }

  @Override
  public Tensor inputBias(Tensor biasIh, Tensor biasHh) {
    return biasIh.add(biasHh);
  }

  @Override
  public List<Tensor> next(Tensor x, List<Tensor> state, Tensor weight, Tensor bias) {
    Tensor sum = x.add(state.getFirst().linear(weight));
    return List.of(relu ? sum.relu() : sum.tanh());
  }
}
