package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lawu.data.Dataset;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.loss.MeanSquaredError;
import org.lawu.optim.Sgd;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

class AugmentedTrainingTest {
  private final Dataset plain =
      Dataset.of(
          Tensor.normal(new Philox(1), 0, 1, 20, 3), Tensor.normal(new Philox(2), 0, 1, 20, 1));
  private final AtomicInteger changes = new AtomicInteger();
  private final Dataset augmented =
      plain.augment((features, random) -> {
        changes.incrementAndGet();
        return features.add(random.nextGaussian());
      });

  private Tensor trained(Dataset dataset, Fit settings) {
    var model = new Dense(3, 1);
    model.initialize(new Philox(3));
    new Trainer(model, new MeanSquaredError(), new Sgd(0.1)).fit(dataset, settings.quiet());
    return model.namedParameters().get("weight").value();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyEpochOfTrainingChangesEveryRecord(boolean shuffle) {
    Fit settings = Fit.forEpochs(3).batchSize(7).shuffle(shuffle).seed(5);
    Tensor weight = trained(augmented, settings);

    assertThat(changes).hasValue(3 * 20);
    assertThat(trained(augmented, settings)).isEqualTo(weight);
    assertThat(trained(plain, settings)).isNotEqualTo(weight);
    assertThat(trained(augmented, settings.seed(6))).isNotEqualTo(weight);
  }

  @Test
  void validationAndEvaluationSeeRecordsAsTheyAre() {
    trained(augmented, Fit.forEpochs(2).validationSplit(0.25).seed(5));
    assertThat(changes).hasValue(2 * 15);

    var trainer = new Trainer(new Dense(3, 1), new MeanSquaredError(), new Sgd(0.1));
    assertThat(trainer.evaluate(augmented)).isEqualTo(trainer.evaluate(plain));
    assertThat(changes).hasValue(2 * 15);
  }
}
