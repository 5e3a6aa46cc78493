package org.lawu.train.callback;

import org.lawu.data.Dataset;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.train.Callback;
import org.lawu.train.Fit;
import org.lawu.train.History;
import org.lawu.train.Trainer;
import org.lawu.train.metric.Accuracy;

/** A small training with callbacks. */
final class Runs {
  private Runs() {}

  static Dataset data() {
    Tensor features = Tensor.normal(new Philox(3), 0, 1, 40, 2);
    int[] labels = new int[features.size(0)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = features.get(i, 0) > 0 ? 1 : 0;
    }
    return Dataset.of(features, Tensor.of(labels));
  }

  static Trainer trainer() {
    Sequential model =
        Sequential.of(new Dense(2, 8), new Relu(), new Dense(8, 2)).initialize(new Philox(1));
    return new Trainer(model, new CrossEntropy(), new Adam(1e-2)).metrics(new Accuracy());
  }

  /** Epochs of 5 steps. */
  static Fit fit(int epochs, Callback... callbacks) {
    return Fit.forEpochs(epochs)
        .batchSize(8)
        .seed(2)
        .validation(data())
        .quiet()
        .callbacks(callbacks);
  }

  static History run(int epochs, Callback... callbacks) {
    return trainer().fit(data(), fit(epochs, callbacks));
  }
}
