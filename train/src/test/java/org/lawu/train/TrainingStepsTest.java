package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.data.Batch;
import org.lawu.data.DataLoader;
import org.lawu.data.Dataset;
import org.lawu.error.ArgumentException;
import org.lawu.error.IndexException;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.loss.BinaryCrossEntropy;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.nn.loss.Loss;
import org.lawu.nn.loss.Penalty;
import org.lawu.optim.Adam;
import org.lawu.optim.Clipping;
import org.lawu.optim.MaxNorm;
import org.lawu.optim.Optimizer;
import org.lawu.optim.Sgd;
import org.lawu.optim.WeightAverage;
import org.lawu.random.Philox;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Tensor;

/** What {@link Fit} says of steps, held against loops by hand. */
class TrainingStepsTest {
  private static final Dataset DATA = Problems.clusters(22, 1);

  private final Sequential model = model();
  private final Sequential byHand = model();

  private static Sequential model() {
    return Sequential.of(new Dense(2, 3)).initialize(new Philox(1));
  }

  private static Fit epochs(int epochs) {
    return Fit.forEpochs(epochs).batchSize(4).shuffle(false).quiet();
  }

  private History fit(Optimizer optimizer, Fit settings) {
    return new Trainer(model, new CrossEntropy(), optimizer).fit(DATA, settings);
  }

  private Tensor loss(Batch batch) {
    return new CrossEntropy()
        .of(byHand.forward(batch.features(), Pass.training(new Philox(1))), batch.labels());
  }

  private void modelsAreEqual() {
    assertThat(Problems.values(model)).isEqualTo(Problems.values(byHand));
  }

  private void modelsAreClose() {
    List<Tensor> values = Problems.values(byHand);
    for (int i = 0; i < values.size(); i++) {
      assertThat(Problems.values(model).get(i).allClose(values.get(i), 1e-5, 1e-6)).isTrue();
    }
  }

  // ---- how long

  @Test
  void stepsEndInTheMiddleOfAnEpoch() {
    var history = fit(new Sgd(0.1), Fit.forSteps(9).batchSize(4).shuffle(false).quiet());
    assertThat(history.epochs()).hasSize(2);
    var optimizer = new Sgd(0.1);
    int steps = 0;
    while (steps < 9) {
      for (Batch batch : new DataLoader(DATA, 4)) {
        if (steps++ < 9) {
          optimizer.step(loss(batch).backward());
        }
      }
    }
    modelsAreEqual();
  }

  @Test
  void stepsCanBeWholeEpochs() {
    var history = fit(new Sgd(0.1), Fit.forSteps(12).batchSize(4).quiet());
    assertThat(history.epochs()).hasSize(2);
  }

  // ---- accumulation

  @Test
  void accumulatedBatchesAreOneLargeBatch() {
    // 22 records: steps of 12 and 10, of batches of 4, 4, 4 and 4, 4, 2.
    var history = fit(new Sgd(0.1).momentum(0.9), epochs(3).accumulate(3));
    assertThat(history.epochs()).hasSize(3);
    var optimizer = new Sgd(0.1).momentum(0.9);
    for (int epoch = 0; epoch < 3; epoch++) {
      for (Batch batch : new DataLoader(DATA, 12)) {
        optimizer.step(loss(batch).backward());
      }
    }
    modelsAreClose();
  }

  @Test
  void accumulatedStepsAreCounted() {
    List<Integer> asked = new ArrayList<>();
    fit(
        new Sgd(0.1),
        Fit.forSteps(5)
            .batchSize(4)
            .accumulate(3)
            .quiet()
            .schedule(step -> {
              asked.add(step);
              return 0.1;
            }));
    assertThat(asked).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void gradientsCanBeAccumulatedByHand() {
    Batch whole = DATA.batch(new int[] {0, 1, 2, 3, 4, 5, 6, 7});
    Gradients large = loss(whole).backward();
    Gradients sum = null;
    for (Batch batch : new DataLoader(DATA.subset(0, 8), 4)) {
      Gradients small = loss(batch).backward();
      sum = sum == null ? small : sum.plus(small);
    }
    Gradients mean = sum.map(gradient -> gradient.mul(0.5));
    byHand
        .parameters()
        .forEach(parameter ->
            assertThat(mean.of(parameter).allClose(large.of(parameter), 1e-5, 1e-7)).isTrue());
  }

  // ---- each step

  @Test
  void schedulesSetTheRateOfEachStep() {
    var optimizer = new Sgd(1);
    fit(optimizer, epochs(2).schedule(step -> 0.1 / (step + 1)));
    assertThat(optimizer.learningRate()).isEqualTo(0.1 / 12);
    var own = new Sgd(1);
    int step = 0;
    for (int epoch = 0; epoch < 2; epoch++) {
      for (Batch batch : new DataLoader(DATA, 4)) {
        own.learningRate(0.1 / ++step);
        own.step(loss(batch).backward());
      }
    }
    modelsAreEqual();
  }

  @Test
  void gradientsAreClipped() {
    fit(new Sgd(0.5), epochs(2).clipNorm(0.1).clipValue(0.08));
    var optimizer = new Sgd(0.5);
    for (int epoch = 0; epoch < 2; epoch++) {
      for (Batch batch : new DataLoader(DATA, 4)) {
        Gradients gradients = loss(batch).backward();
        optimizer.step(Clipping.byNorm(Clipping.byValue(gradients, 0.08), 0.1));
      }
    }
    modelsAreEqual();
  }

  @Test
  void weightsArePenalised() {
    var history = fit(new Sgd(0.1), epochs(2).penalty(new Penalty(0.01, 0.1)));
    var optimizer = new Sgd(0.1);
    double sum = 0;
    for (int epoch = 0; epoch < 2; epoch++) {
      sum = 0;
      for (Batch batch : new DataLoader(DATA, 4)) {
        Tensor loss = loss(batch);
        sum += loss.item() * batch.size();
        Tensor penalty = new Penalty(0.01, 0.1).of(byHand.parameters());
        optimizer.step(loss.add(penalty).backward());
      }
    }
    modelsAreEqual();
    assertThat(history.last("loss")).isCloseTo(sum / 22, within(1e-12));
  }

  @Test
  void weightsStayWithinTheirNorm() {
    fit(new Adam(0.1), epochs(3).maxNorm(0.5));
    var optimizer = new Adam(0.1);
    for (int epoch = 0; epoch < 3; epoch++) {
      for (Batch batch : new DataLoader(DATA, 4)) {
        optimizer.step(loss(batch).backward());
        new MaxNorm(0.5).apply(byHand.parameters());
      }
    }
    modelsAreEqual();
    Tensor norms = model.namedParameters().get("0.weight").value().norm(1);
    assertThat(norms.max().item()).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void averagesAreUpdatedAndValidated() {
    var average = new WeightAverage(model.namedParameters(), 0.8);
    var history = fit(new Adam(0.1), epochs(3).average(average).validation(DATA));
    var own = new WeightAverage(byHand.namedParameters(), 0.8);
    var optimizer = new Adam(0.1);
    for (int epoch = 0; epoch < 3; epoch++) {
      for (Batch batch : new DataLoader(DATA, 4)) {
        optimizer.step(loss(batch).backward());
        own.update();
      }
    }
    modelsAreEqual();
    assertThat(average.values()).isEqualTo(own.values());
    var trainer = new Trainer(model, new CrossEntropy(), new Adam());
    double averaged = average.during(() -> trainer.evaluate(DATA, 4).loss());
    assertThat(history.last("val_loss")).isEqualTo(averaged);
    assertThat(trainer.evaluate(DATA, 4).loss()).isNotEqualTo(averaged);
    average.copyTo(model.namedParameters());
    assertThat(trainer.evaluate(DATA, 4).loss()).isEqualTo(averaged);
  }

  // ---- weights

  @Test
  void recordsAreWeighted() {
    Tensor weights = Tensor.uniform(new Philox(3), 0, 2, 22);
    fit(new Sgd(0.1), DATA.weighted(weights), epochs(2));
    var optimizer = new Sgd(0.1);
    for (int epoch = 0; epoch < 2; epoch++) {
      for (int from = 0; from < 22; from += 4) {
        int to = Math.min(22, from + 4);
        Batch batch = DATA.subset(from, to).batch(range(to - from));
        Tensor prediction = byHand.forward(batch.features(), Pass.training(new Philox(1)));
        optimizer.step(
            new CrossEntropy()
                .of(prediction, batch.labels(), weights.slice(0, from, to))
                .backward());
      }
    }
    modelsAreEqual();
  }

  private void fit(Optimizer optimizer, Dataset data, Fit settings) {
    new Trainer(model, new CrossEntropy(), optimizer).fit(data, settings);
  }

  private static int[] range(int end) {
    return Tensor.arange(end).toIntArray();
  }

  @Test
  void aMaskLeavesRecordsOut() {
    boolean[] kept = new boolean[22];
    for (int i = 0; i < 22; i++) {
      kept[i] = i < 8;
    }
    fit(new Sgd(0.1), DATA.weighted(Tensor.of(kept)).subset(0, 12), epochs(1).batchSize(12));
    new Sgd(0.1).step(loss(DATA.subset(0, 8).batch(range(8))).backward());
    modelsAreClose();
    var trainer = new Trainer(model, new CrossEntropy(), new Sgd());
    assertThat(trainer.evaluate(DATA.weighted(Tensor.of(kept))).loss())
        .isCloseTo(trainer.evaluate(DATA.subset(0, 8)).loss(), within(1e-6));
  }

  @Test
  void classesAreWeighted() {
    fit(new Sgd(0.1), epochs(1).classWeights(1, 2, 0.5).validation(DATA));
    var optimizer = new Sgd(0.1);
    Tensor byClass = Tensor.of(1f, 2f, 0.5f);
    for (Batch batch : new DataLoader(DATA, 4)) {
      Tensor prediction = byHand.forward(batch.features(), Pass.training(new Philox(1)));
      Tensor weights = byClass.indexSelect(0, batch.labels());
      optimizer.step(new CrossEntropy().of(prediction, batch.labels(), weights).backward());
    }
    modelsAreEqual();
  }

  @Test
  void classWeightsMultiplyThoseOfRecords() {
    Tensor weights = Tensor.uniform(new Philox(3), 0, 2, 22);
    fit(new Sgd(0.1), DATA.weighted(weights), epochs(1).classWeights(1, 2, 0.5).batchSize(22));
    Tensor all = weights.mul(Tensor.of(1f, 2f, 0.5f).indexSelect(0, DATA.labels()));
    Batch batch = DATA.batch(range(22));
    Tensor prediction = byHand.forward(batch.features(), Pass.training(new Philox(1)));
    new Sgd(0.1).step(new CrossEntropy().of(prediction, batch.labels(), all).backward());
    modelsAreEqual();
  }

  @Test
  void yesAndNoAreClassesToo() {
    var yesNo = Sequential.of(new Dense(2, 1)).initialize(new Philox(1));
    var own = Sequential.of(new Dense(2, 1)).initialize(new Philox(1));
    new Trainer(yesNo, new BinaryCrossEntropy(), new Sgd(0.1))
        .fit(Problems.xor(), epochs(1).classWeights(1, 3));
    Batch batch = Problems.xor().batch(range(4));
    Tensor weights = batch.labels().mul(2).add(1);
    Tensor prediction = own.forward(batch.features(), Pass.training(new Philox(1)));
    new Sgd(0.1).step(new BinaryCrossEntropy().of(prediction, batch.labels(), weights).backward());
    assertThat(Problems.values(yesNo)).isEqualTo(Problems.values(own));
  }

  @Test
  void saysWhatIsWrongWithWeights() {
    assertThatThrownBy(() -> fit(new Sgd(0.1), epochs(1).classWeights(1, 2)))
        .isInstanceOf(IndexException.class)
        .hasMessage(
            "fit: there are weights of 2 classes, but a label is 2.0; labels must be 0 to 1");
    assertThatThrownBy(() ->
            fit(
                new Sgd(0.1),
                DATA.weighted(Tensor.zeros(22).equal(0)),
                epochs(1).classWeights(1, 2, 3)))
        .isInstanceOf(ArgumentException.class)
        .hasMessageStartingWith("fit: class weights do not go with a mask of records");
    Loss own = (x, y) -> new CrossEntropy().of(x, y);
    var trainer = new Trainer(model, own, new Sgd(0.1));
    assertThatThrownBy(() -> trainer.fit(DATA.weighted(Tensor.ones(22)), epochs(1)))
        .isInstanceOf(ArgumentException.class)
        .hasMessageContaining("does not take weights");
    assertThatThrownBy(() -> Fit.forEpochs(1).classWeights(new double[0]))
        .hasMessage(
            "fit: class weights must be finite and not negative, one for each class, got []");
    assertThatThrownBy(() -> Fit.forEpochs(1).classWeights(1, -1))
        .hasMessage(
            "fit: class weights must be finite and not negative, one for each class, got [1.0,"
                + " -1.0]");
  }
}
