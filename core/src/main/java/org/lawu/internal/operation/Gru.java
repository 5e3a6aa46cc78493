package org.lawu.internal.operation;

import java.util.List;
import org.lawu.tensor.Tensor;

/**
 * Gated recurrent unit: gates r and z as of {@link Lstm}, {@code n = tanh(W_in x + b_in + r q)}
 * with {@code q = W_hn h + b_hn}, {@code h = (1 - z) n + z h}. Keeps r, z and n, and q.
 */
public record Gru(boolean reverse) implements Recurrent {

  @Override
  public int gates() {
    return 3;
  }

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public int apart() {
    return 1;
  }

  @Override
  public boolean keepsMore() {
    return true;
  }

  @Override
  public Tensor inputBias(Tensor biasIh, Tensor biasHh) {
    return biasIh;
  }

  @Override
  public List<Tensor> next(Tensor x, List<Tensor> state, Tensor weight, Tensor bias) {
    Tensor before = state.getFirst();
    Tensor product = before.linear(weight, bias);
    int n = weight.size(1);
    Tensor gates = x.slice(-1, 0, 2 * n).add(product.slice(-1, 0, 2 * n)).sigmoid();
    Tensor reset = gates.slice(-1, 0, n);
    Tensor update = gates.slice(-1, n, 2 * n);
    Tensor candidate =
        x.slice(-1, 2 * n, 3 * n).add(reset.mul(product.slice(-1, 2 * n, 3 * n))).tanh();
    return List.of(candidate.add(update.mul(before.sub(candidate))));
  }
}
