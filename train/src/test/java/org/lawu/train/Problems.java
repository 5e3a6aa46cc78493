package org.lawu.train;

import java.util.List;
import org.lawu.data.Dataset;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Tanh;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

/** Small problems to train on. */
final class Problems {
  private Problems() {}

  /** Points around (-2, 0), (2, 0) and (0, 3) by turns, with the number of their centre. */
  static Dataset clusters(int records, long seed) {
    float[] points = new float[2 * records];
    new Philox(seed).fillNormal(points, 0, 0.4f);
    float[][] centres = {{-2, 0}, {2, 0}, {0, 3}};
    int[] labels = new int[records];
    for (int i = 0; i < records; i++) {
      labels[i] = i % 3;
      points[2 * i] += centres[labels[i]][0];
      points[2 * i + 1] += centres[labels[i]][1];
    }
    return Dataset.of(Tensor.of(points, records, 2), Tensor.of(labels));
  }

  static Dataset xor() {
    return Dataset.of(
        Tensor.of(new float[] {0, 0, 0, 1, 1, 0, 1, 1}, 4, 2),
        Tensor.of(new float[] {0, 1, 1, 0}, 4, 1));
  }

  static Sequential classifier() {
    return Sequential.of(new Dense(2, 16), new Tanh(), new Dropout(0.2), new Dense(16, 3))
        .initialize(new Philox(5));
  }

  static List<Tensor> values(Sequential model) {
    return model.parameters().stream().map(Parameter::value).toList();
  }
}
