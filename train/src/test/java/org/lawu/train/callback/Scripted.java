package org.lawu.train.callback;

import org.lawu.data.Dataset;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.BatchNorm1d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.loss.MeanSquaredError;
import org.lawu.optim.Optimizer;
import org.lawu.optim.Sgd;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.train.Callback;
import org.lawu.train.Fit;
import org.lawu.train.History;
import org.lawu.train.Trainer;
import org.lawu.train.Training;
import org.lawu.train.metric.Metric;

/** A training in which a metric has one given value after another, an epoch each. */
final class Scripted implements Metric, Callback {
  final Sequential model =
      Sequential.of(new Dense(2, 3), new BatchNorm1d(3), new Dense(3, 1)).initialize(new Philox(1));
  final Optimizer optimizer = new Sgd(0.1);

  private final String name;
  private final double[] values;
  private int epoch;

  Scripted(String name, double... values) {
    this.name = name;
    this.values = values;
  }

  static Dataset data() {
    return Dataset.of(Tensor.normal(new Philox(2), 0, 1, 12, 2), Tensor.ones(12, 1));
  }

  /** An epoch for each value, with this as the first callback. */
  Fit settings(Callback... others) {
    Callback[] all = new Callback[others.length + 1];
    all[0] = this;
    System.arraycopy(others, 0, all, 1, others.length);
    return Fit.forEpochs(values.length).batchSize(4).seed(1).quiet().callbacks(all);
  }

  History fit(Callback... others) {
    return fit(settings(others));
  }

  History fit(Fit settings) {
    return new Trainer(model, new MeanSquaredError(), optimizer)
        .metrics(this)
        .fit(data(), settings);
  }

  @Override
  public void epochStarted(Training training) {
    epoch = training.epoch();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Accumulator accumulator() {
    return new Accumulator() {
      @Override
      public void add(Tensor prediction, Tensor target) {}

      @Override
      public double result() {
        return epoch == 0 ? Double.NaN : values[epoch - 1];
      }
    };
  }
}
