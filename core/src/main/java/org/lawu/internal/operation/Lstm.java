package org.lawu.internal.operation;

import java.util.List;
import org.lawu.tensor.Tensor;

/**
 * Long short-term memory: gates i, f, g, o of {@code W_ih x + b_ih + W_hh h + b_hh}, {@code c = f c
 * + i g}, {@code h = o tanh(c)}. Keeps the activated gates and the cell states.
 */
public record Lstm(boolean reverse) implements Recurrent {

  @Override
  public int gates() {
    return 4;
  }

  @Override
  public int parts() {
    return 2;
  }

  @Override
  public int apart() {
    return 0;
  }

  @Override
  public boolean keepsMore() {
    return true;
  }

  @Override
  public Tensor inputBias(Tensor biasIh, Tensor biasHh) {
    return biasIh.add(biasHh);
  }

  @Override
  public List<Tensor> next(Tensor x, List<Tensor> state, Tensor weight, Tensor bias) {
    Tensor gates = x.add(state.getFirst().linear(weight));
    int n = weight.size(1);
    Tensor input = gates.slice(-1, 0, n).sigmoid();
    Tensor forget = gates.slice(-1, n, 2 * n).sigmoid();
    Tensor candidate = gates.slice(-1, 2 * n, 3 * n).tanh();
    Tensor output = gates.slice(-1, 3 * n, 4 * n).sigmoid();
    Tensor c = forget.mul(state.getLast()).add(input.mul(candidate));
    return List.of(output.mul(c.tanh()), c);
  }
}
