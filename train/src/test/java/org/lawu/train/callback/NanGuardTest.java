package org.lawu.train.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.lawu.data.Dataset;
import org.lawu.error.AnomalyException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.BatchNorm1d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.loss.MeanSquaredError;
import org.lawu.optim.Adam;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.train.Callback;
import org.lawu.train.Fit;
import org.lawu.train.Trainer;
import org.lawu.train.Training;

class NanGuardTest {

  /** Computes something of its input. */
  private static final class Computed extends Layer {
    private final UnaryOperator<Tensor> function;

    Computed(UnaryOperator<Tensor> function) {
      this.function = function;
    }

    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      return function.apply(input);
    }
  }

  private static Map<String, Tensor> values(Layer model) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    model.namedParameters().forEach((name, parameter) -> values.put(name, parameter.value()));
    return values;
  }

  /** Records of which all are good but one. */
  private static Dataset data(float bad) {
    float[] features = new float[40];
    new Philox(1).fillUniform(features, 1, 2);
    features[27] = bad;
    return Dataset.of(Tensor.of(features, 20, 2), Tensor.ones(20, 1));
  }

  private static void refuses(Layer model, Dataset data, int epochs, String message) {
    Map<String, Tensor> lastGood = new LinkedHashMap<>(values(model));
    Callback remember =
        new Callback() {
          @Override
          public void stepped(Training training) {
            lastGood.putAll(values(model));
          }
        };
    Fit fit =
        Fit.forEpochs(epochs)
            .batchSize(4)
            .shuffle(false)
            .seed(1)
            .quiet()
            .callbacks(remember, new NanGuard());
    var trainer = new Trainer(model, new MeanSquaredError(), new Adam(0.01));
    assertThatThrownBy(() -> trainer.fit(data, fit))
        .isInstanceOf(AnomalyException.class)
        .hasMessage(message);
    assertThat(values(model)).isEqualTo(lastGood);
  }

  private static Sequential model(Layer middle) {
    return Sequential.of(
            new BatchNorm1d(2), new Dropout(0.2), middle, new BatchNorm1d(2), new Dense(2, 1))
        .initialize(new Philox(3));
  }

  @Test
  void namesTheLayer() {
    // What is above 30 has no logarithm.
    refuses(
        Sequential.of(new Computed(x -> x.neg().add(30).log()), new BatchNorm1d(2), new Dense(2, 1))
            .initialize(new Philox(3)),
        data(40),
        3,
        "nan guard: the loss is NaN in epoch 1, batch 4, before step 4: at 0: anomaly: NaN first"
            + " appeared in the output of log [4, 2]; parameters and buffers are those after step"
            + " 3");
  }

  @Test
  void countsOnInLaterEpochs() {
    int[] calls = {0};
    refuses(
        model(
            new Computed(x -> {
              // Two trials before training, and two records at a time.
              calls[0] += x.size(0) == 4 ? 1 : 0;
              return calls[0] >= 7 ? x.div(0) : x;
            })),
        data(1),
        3,
        "nan guard: the loss is NaN in epoch 2, batch 2, before step 7: at 2: anomaly: NaN first"
            + " appeared in the output of div [4, 2]; parameters and buffers are those after"
            + " step 6");
  }

  @Test
  void namesTheData() {
    refuses(
        model(new Computed(x -> x)),
        data(Float.NaN),
        1,
        "nan guard: the loss is NaN in epoch 1, batch 4, before step 4: the features of record 2 of"
            + " the batch hold NaN; parameters and buffers are those after step 3");
    float[] labels = new float[20];
    labels[6] = Float.POSITIVE_INFINITY;
    refuses(
        model(new Computed(x -> x)),
        Dataset.of(data(1).features(), Tensor.of(labels, 20, 1)),
        1,
        "nan guard: the loss is infinity in epoch 1, batch 2, before step 2: the labels of record 3"
            + " of the batch hold infinity; parameters and buffers are those after step 1");
  }

  @Test
  void looksAtGradientsToo() {
    // The square root of zero is zero, its slope is not a number.
    refuses(
        Sequential.of(new Dense(2, 2), new Computed(x -> x.mul(0).sqrt()), new Dense(2, 1))
            .initialize(new Philox(3)),
        data(1),
        1,
        "nan guard: a gradient is not finite in epoch 1, batch 1, before step 1: at 1: anomaly: in"
            + " the gradient of sqrt: infinity first appeared in the output of div [4, 2];"
            + " parameters and buffers are those after step 0");
  }

  @Test
  void leavesAGoodTrainingAlone() {
    Map<String, Tensor> with = trained(new NanGuard());
    assertThat(with).isEqualTo(trained());
  }

  private static Map<String, Tensor> trained(Callback... callbacks) {
    var model = model(new Computed(x -> x));
    new Trainer(model, new MeanSquaredError(), new Adam(0.01))
        .fit(data(1), Fit.forEpochs(3).batchSize(4).seed(1).quiet().callbacks(callbacks));
    return values(model);
  }
}
