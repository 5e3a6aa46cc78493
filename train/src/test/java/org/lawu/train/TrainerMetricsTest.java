package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lawu.data.Dataset;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Tanh;
import org.lawu.nn.loss.BinaryCrossEntropy;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.nn.loss.MeanSquaredError;
import org.lawu.optim.Adam;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;
import org.lawu.train.metric.Accuracy;
import org.lawu.train.metric.Average;
import org.lawu.train.metric.AveragePrecision;
import org.lawu.train.metric.BalancedAccuracy;
import org.lawu.train.metric.BinaryAccuracy;
import org.lawu.train.metric.BrierScore;
import org.lawu.train.metric.CohenKappa;
import org.lawu.train.metric.F1;
import org.lawu.train.metric.FBeta;
import org.lawu.train.metric.LogLoss;
import org.lawu.train.metric.Mae;
import org.lawu.train.metric.Mape;
import org.lawu.train.metric.MatthewsCorrelation;
import org.lawu.train.metric.Metric;
import org.lawu.train.metric.Mse;
import org.lawu.train.metric.Perplexity;
import org.lawu.train.metric.Precision;
import org.lawu.train.metric.R2;
import org.lawu.train.metric.Recall;
import org.lawu.train.metric.Rmse;
import org.lawu.train.metric.RocAuc;
import org.lawu.train.metric.TopKAccuracy;

/** A trainer gives metrics batch after batch what they are of whole predictions. */
class TrainerMetricsTest {
  private static final List<Metric> CLASSES = new ArrayList<>();
  private static final List<Metric> QUESTIONS =
      List.of(
          new BinaryAccuracy(),
          new Precision(),
          new Recall(),
          new F1(),
          new FBeta(2),
          new RocAuc(),
          new AveragePrecision(),
          new BrierScore(),
          new CohenKappa(),
          new MatthewsCorrelation(),
          new BalancedAccuracy(),
          new F1(Average.MACRO),
          new LogLoss());
  private static final List<Metric> NUMBERS =
      List.of(new Mae(), new Mse(), new Rmse(), new Mape(), new R2());

  static {
    CLASSES.addAll(
        List.of(
            new Accuracy(),
            new TopKAccuracy(2),
            new LogLoss(),
            new Perplexity(),
            new CohenKappa()));
    for (Average average : List.of(Average.MACRO, Average.MICRO, Average.WEIGHTED)) {
      CLASSES.add(new Precision(average));
      CLASSES.add(new Recall(average));
      CLASSES.add(new F1(average));
      CLASSES.add(new RocAuc(average));
      CLASSES.add(new AveragePrecision(average));
    }
  }

  private static Sequential model(int outputs) {
    return Sequential.of(new Dense(2, 8), new Tanh(), new Dense(8, outputs))
        .initialize(new Philox(3));
  }

  private static void agree(Trainer plain, Dataset data, Tensor labels, List<Metric> metrics) {
    Trainer trainer = plain.metrics(metrics.toArray(Metric[]::new));
    History history =
        trainer.fit(data, Fit.forEpochs(2).batchSize(7).validationSplit(0.2).seed(1).quiet());
    assertThat(history.names()).hasSize(2 * metrics.size() + 3);
    Map<String, Double> values = trainer.evaluate(data, 11).values();
    Tensor predictions = trainer.predict(data.batch(all(data)).features());
    for (Metric metric : metrics) {
      assertThat(history.last("val_" + metric.name())).as(metric.name()).isFinite();
      assertThat(values.get(metric.name()))
          .as(metric.name())
          .isCloseTo(metric.of(predictions, labels), within(1e-6));
    }
  }

  private static int[] all(Dataset data) {
    return IntStream.range(0, data.size()).toArray();
  }

  @Test
  void ofClasses() {
    Dataset data = Problems.clusters(100, 1);
    Tensor labels = data.batch(all(data)).labels();
    agree(new Trainer(model(3), new CrossEntropy(), new Adam(0.01)), data, labels, CLASSES);
  }

  @Test
  void ofQuestions() {
    Dataset clusters = Problems.clusters(100, 1);
    Tensor classes = clusters.batch(all(clusters)).labels();
    Tensor labels = classes.equal(2).to(DType.FLOAT32).reshape(100, 1);
    Dataset data = Dataset.of(clusters.batch(all(clusters)).features(), labels);
    agree(new Trainer(model(1), new BinaryCrossEntropy(), new Adam(0.01)), data, labels, QUESTIONS);
  }

  @Test
  void ofNumbers() {
    Dataset clusters = Problems.clusters(100, 1);
    Tensor features = clusters.batch(all(clusters)).features();
    Dataset data = Dataset.of(features, features.add(3));
    agree(
        new Trainer(model(2), new MeanSquaredError(), new Adam(0.01)),
        data,
        features.add(3),
        NUMBERS);
  }

  @Test
  void oneClassOfLabelsDoesNotEndATraining() {
    Tensor features = Problems.clusters(20, 1).batch(new int[] {0, 1, 2, 3, 4}).features();
    Dataset data = Dataset.of(features, Tensor.zeros(5, 1));
    var trainer =
        new Trainer(model(1), new BinaryCrossEntropy(), new Adam(0.01))
            .metrics(QUESTIONS.toArray(Metric[]::new));
    History history = trainer.fit(data, Fit.forEpochs(1).validation(data).quiet());
    assertThat(history.last("auc")).isNaN();
    assertThat(history.last("val_auc")).isNaN();
    assertThat(history.last("f1")).isZero();
  }
}
