package org.lawu.examples;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.lawu.data.Csv;
import org.lawu.data.CsvFormat;
import org.lawu.data.Dataset;
import org.lawu.data.Split;
import org.lawu.data.tabular.StandardScaler;
import org.lawu.data.Table;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.random.Philox;
import org.lawu.train.Fit;
import org.lawu.train.Trainer;
import org.lawu.train.metric.Accuracy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A network tells three species of iris apart by the measures of their flowers. */
@Command(
    name = "iris",
    description = "Three species of flowers from four measurements; averaged over ten seeds.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class IrisExample implements Callable<Integer> {
  @Option(names = "--seeds", description = "Trains once for each seed from 1 to this.")
  private int seeds = 10;

  @Option(names = "--epochs", description = "How often all flowers are seen.")
  private int epochs = 100;

  @Option(names = "--batch-size", description = "Flowers for each step.")
  private int batchSize = 32;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() throws IOException {
    compute.apply();

    // 150 flowers: four lengths in centimetres, and the name of the species.
    Table table =
        Csv.read(
            BundledData.find("iris.csv"),
            CsvFormat.withoutHeader(
                "sepalLength", "sepalWidth", "petalLength", "petalWidth", "species"));
    Dataset flowers =
        Dataset.of(
            table.floats("sepalLength", "sepalWidth", "petalLength", "petalWidth"),
            table.labels("species"));

    double sum = 0;
    for (long seed = 1; seed <= seeds; seed++) {
      double accuracy = train(flowers, seed);
      System.out.printf("seed %2d  test accuracy %.4f%n", seed, accuracy);
      sum += accuracy;
    }
    System.out.printf("test accuracy %.4f%n", sum / seeds);
    return 0;
  }

  private double train(Dataset flowers, long seed) {
    // A fifth of the flowers is kept back to judge by.
    var random = new Philox(seed);
    Split split = Split.stratified(flowers, 0, 0.2, random);

    // Mean 0 and deviation 1 for each measure, learnt from the training flowers alone.
    var scaler = StandardScaler.fit(split.train().features());
    Dataset train = split.train().mapFeatures(scaler::transform);
    Dataset test = split.test().mapFeatures(scaler::transform);

    Sequential model =
        Sequential.of(
            new Dense(4, 64), new Relu(), new Dense(64, 64), new Relu(), new Dense(64, 3));
    model.initialize(random);

    // The softmax over the three species is part of the loss, which is more exact than a layer.
    Trainer trainer =
        new Trainer(model, new CrossEntropy(), new Adam(1e-3)).metrics(new Accuracy());
    trainer.fit(train, Fit.epochs(epochs).batchSize(batchSize).seed(seed).quiet());
    return trainer.evaluate(test).get("accuracy");
  }
}
