package org.lawu.examples;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.lawu.data.Dataset;
import org.lawu.data.Folds;
import org.lawu.data.Partition;
import org.lawu.data.Table;
import org.lawu.data.sets.Iris;
import org.lawu.data.tabular.Columns;
import org.lawu.data.tabular.FittedColumns;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Tanh;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.train.Fit;
import org.lawu.train.History;
import org.lawu.train.Trainer;
import org.lawu.train.metric.Accuracy;
import org.lawu.train.model.Input;
import org.lawu.train.model.Output;
import org.lawu.train.model.Provenance;
import org.lawu.train.model.SavedModel;
import org.lawu.train.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A network tells three species of iris apart by the measures of their flowers. */
@Command(
    name = "iris",
    description = "Three species of flowers from four measurements; cross-validated.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class IrisExample implements Callable<Integer> {
  @Option(names = "--seed", description = "Determines every random number.")
  private long seed = 1;

  @Option(names = "--folds", description = "Into how many parts the flowers are divided.")
  private int folds = 5;

  @Option(names = "--epochs", description = "How often all flowers are seen.")
  private int epochs = 50;

  @Option(names = "--batch-size", description = "Flowers for each step.")
  private int batchSize = 16;

  @Mixin private final SaveOptions save = new SaveOptions();

  @Mixin private final ReportOptions report = new ReportOptions();

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() throws IOException {
    compute.apply();

    // 150 flowers: four lengths in centimetres, and the name of the species.
    Table flowers = Iris.read(BundledData.find("iris.csv"));
    Tensor species = flowers.labels(Iris.SPECIES);

    // 150 flowers are too few to put some aside for one test. So they are divided into five folds
    // with as many of each species; each fold is tested once, by a network that has learnt from
    // the other four.
    List<Partition> partitions = Folds.stratified(species, folds, new Philox(seed));
    double sum = 0;
    for (int fold = 0; fold < folds; fold++) {
      Partition rows = partitions.get(fold);
      Learner learner = train(flowers.select(rows.train()), species(species, rows.train()));
      double accuracy =
          learner.accuracy(flowers.select(rows.test()), species(species, rows.test()));
      System.out.printf("fold %d  test accuracy %.4f%n", fold + 1, accuracy);
      sum += accuracy;
    }

    // The folds tell how well such networks do. The one to keep learns from all flowers.
    Learner keeper = train(flowers, species);
    report.write(() ->
        Report.of(keeper.history())
            .title("Iris, all flowers")
            .settings(keeper.trainer(), settings())
            .data("training", keeper.training()));
    save.save(() ->
        SavedModel.of(keeper.trainer().model())
            .input(Input.tables(keeper.features()))
            .output(Output.classes(flowers.classes(Iris.SPECIES)))
            .provenance(
                Provenance.of(keeper.trainer(), settings(), keeper.history())
                    .data("training", keeper.training())));
    System.out.printf("test accuracy %.4f%n", sum / folds);
    return 0;
  }

  private static Tensor species(Tensor all, int[] rows) {
    return all.indexSelect(0, Tensor.of(rows));
  }

  private Fit settings() {
    return Fit.forEpochs(epochs).batchSize(batchSize).seed(seed).quiet();
  }

  /** A network that has learnt from some flowers, and how their measures became its input. */
  private record Learner(
      FittedColumns features, Dataset training, Trainer trainer, History history) {

    double accuracy(Table flowers, Tensor species) {
      return trainer.evaluate(Dataset.of(features.apply(flowers), species)).get("accuracy");
    }
  }

  private Learner train(Table flowers, Tensor species) {
    // Mean 0 and deviation 1 for each measure, learnt from the training flowers alone.
    FittedColumns features =
        Columns.standard("sepalLength", "sepalWidth", "petalLength", "petalWidth").fit(flowers);
    Dataset training = Dataset.of(features.apply(flowers), species);

    Sequential model = Sequential.of(new Dense(4, 16), new Tanh(), new Dense(16, 3));
    model.initialize(new Philox(seed));

    // The softmax over the three species is part of the loss, which is more exact than a layer.
    Trainer trainer =
        new Trainer(model, new CrossEntropy(), new Adam(1e-2)).metrics(new Accuracy());
    return new Learner(features, training, trainer, trainer.fit(training, settings()));
  }
}
