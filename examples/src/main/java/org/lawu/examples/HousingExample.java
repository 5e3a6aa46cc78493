package org.lawu.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Dataset;
import org.lawu.data.Partition;
import org.lawu.data.Split;
import org.lawu.data.Table;
import org.lawu.data.sets.CaliforniaHousing;
import org.lawu.data.tabular.Columns;
import org.lawu.data.tabular.FittedColumns;
import org.lawu.data.tabular.StandardScaler;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.loss.MeanSquaredError;
import org.lawu.optim.AdamW;
import org.lawu.optim.schedule.CosineAnnealing;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.train.Evaluation;
import org.lawu.train.Fit;
import org.lawu.train.History;
import org.lawu.train.Trainer;
import org.lawu.train.metric.R2;
import org.lawu.train.model.Input;
import org.lawu.train.model.Output;
import org.lawu.train.model.Provenance;
import org.lawu.train.model.SavedModel;
import org.lawu.train.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A network estimates what houses cost in the districts of California. */
@Command(
    name = "housing",
    description = "What houses cost in California: regression on a table with gaps and categories.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class HousingExample implements Callable<Integer> {
  @Option(names = "--seed", description = "Determines every random number.")
  private long seed = 1;

  @Option(names = "--epochs", description = "How often all districts are seen.")
  private int epochs = 30;

  @Option(names = "--batch-size", description = "Districts for each step.")
  private int batchSize = 64;

  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      description = "The table of California housing (default: bundled).")
  private @Nullable Path data;

  @Mixin private final SaveOptions save = new SaveOptions();

  @Mixin private final ReportOptions report = new ReportOptions();

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() throws IOException {
    compute.apply();

    // 20,640 districts of the census of 1990. A fifth is kept back to judge by, and a tenth to
    // watch the training.
    Table districts =
        CaliforniaHousing.read(data != null ? data : BundledData.find("california_housing.csv.gz"));
    Partition rows = Partition.random(districts.size(), 0.1, 0.2, new Philox(seed));
    Table training = districts.select(rows.train());

    // Numbers are brought to mean 0 and deviation 1. Counts and incomes spread over orders of
    // magnitude, which a logarithm draws together; some counts of bedrooms are missing, and the
    // median stands in. The five kinds of place become five features of 0 and 1.
    FittedColumns features =
        Columns.standard("longitude", "latitude", "housing_median_age")
            .and(
                Columns.standard("total_rooms", "total_bedrooms", "population", "households")
                    .imputeMedian()
                    .log1p())
            .and(Columns.standard("median_income").log1p())
            .and(Columns.oneHot("ocean_proximity").acceptUnknown())
            .fit(training);
    System.out.println("features " + features.featureNames());

    // The value in dollars is scaled too; its scaler leads back to dollars.
    StandardScaler dollars = StandardScaler.fit(training.floats("median_house_value"));
    Tensor values = dollars.transform(districts.floats("median_house_value"));
    Split split = rows.split(Dataset.of(features.apply(districts), values));

    Sequential model =
        Sequential.of(
            new Dense(features.featureNames().size(), 128),
            new Relu(),
            new Dense(128, 64),
            new Relu(),
            new Dense(64, 1));
    model.initialize(new Philox(seed));

    // The learning rate falls from 0.003 to nothing over all steps.
    int steps = epochs * Math.ceilDiv(split.train().size(), batchSize);
    Trainer trainer = new Trainer(model, new MeanSquaredError(), new AdamW(3e-3)).metrics(new R2());
    Fit settings =
        Fit.forEpochs(epochs)
            .batchSize(batchSize)
            .schedule(new CosineAnnealing(3e-3, steps))
            .validation(split.validation())
            .seed(seed);
    History history = trainer.fit(split.train(), settings);
    Evaluation evaluation = trainer.evaluate(split.test());

    // Districts that the network has not seen, in dollars.
    Tensor estimates = dollars.inverse(trainer.predict(split.test().features()));
    Tensor truth = dollars.inverse(split.test().labels());
    System.out.printf("%n%12s %12s%n", "estimate", "value");
    for (int i = 0; i < Math.min(5, split.test().size()); i++) {
      System.out.printf("%,12.0f %,12.0f%n", estimates.get(i, 0), truth.get(i, 0));
    }

    // A page to look at, and a file that estimates in dollars from a table like the one above.
    report.write(() ->
        Report.of(history)
            .title("Houses in California")
            .settings(trainer, settings)
            .data("training", split.train())
            .evaluation("test", evaluation)
            .regression("test", estimates, truth));
    save.save(() ->
        SavedModel.of(model)
            .input(Input.tables(features))
            .output(
                Output.numbers("median_house_value")
                    .scaled(dollars.mean().item(), dollars.scale().item()))
            .provenance(
                Provenance.of(trainer, settings, history)
                    .data("training", split.train())
                    .evaluation("test", evaluation)));
    System.out.printf("mean error %,.0f dollars%n", estimates.sub(truth).abs().mean().item());
    System.out.printf("test R2 %.4f%n", new R2().of(estimates, truth));
    return 0;
  }
}
