package org.lawu.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.lawu.data.Dataset;
import org.lawu.data.Partition;
import org.lawu.data.Split;
import org.lawu.data.Table;
import org.lawu.data.sets.OnlineShoppers;
import org.lawu.data.tabular.Columns;
import org.lawu.data.tabular.FittedColumns;
import org.lawu.nn.Layer;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.loss.BinaryCrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;
import org.lawu.train.Evaluation;
import org.lawu.train.Fit;
import org.lawu.train.History;
import org.lawu.train.Trainer;
import org.lawu.train.metric.ClassificationReport;
import org.lawu.train.metric.RocAuc;
import org.lawu.train.model.Input;
import org.lawu.train.model.Output;
import org.lawu.train.model.Provenance;
import org.lawu.train.model.SavedModel;
import org.lawu.train.report.Classification;
import org.lawu.train.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A network tells which visitors of a web shop will buy, beside a logistic regression. */
@Command(
    name = "purchase",
    description = "Will this customer buy: a rare answer, beside logistic regression.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class PurchaseExample implements Callable<Integer> {
  @Option(names = "--seed", description = "Determines every random number.")
  private long seed = 1;

  @Option(names = "--epochs", description = "How often all sessions are seen.")
  private int epochs = 10;

  @Option(names = "--batch-size", description = "Sessions for each step.")
  private int batchSize = 64;

  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      required = true,
      description = {
        "online_shoppers_intention.csv, packed by gzip or not, of",
        "https://archive.ics.uci.edu/dataset/468"
      })
  @SuppressWarnings("NullAway.Init") // the command line sets it
  private Path data;

  @Mixin private final SaveOptions save = new SaveOptions();

  @Mixin private final ReportOptions report = new ReportOptions();

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() throws IOException {
    compute.apply();

    // 12,330 sessions in a web shop. One in six ended with a purchase, in each part of the split.
    Table sessions = OnlineShoppers.read(data);
    Tensor bought = sessions.labels(OnlineShoppers.REVENUE);
    Partition rows = Partition.stratified(bought, 0.1, 0.2, new Philox(seed));
    Table training = sessions.select(rows.train());

    // Pages seen, seconds spent and what the pages are worth spread over orders of magnitude, which
    // a logarithm draws together. Codes become features of 0 and 1; rare ones share a feature.
    FittedColumns features =
        Columns.standard(OnlineShoppers.VISITS.toArray(String[]::new))
            .log1p()
            .and(Columns.standard("PageValues").log1p())
            .and(Columns.standard("BounceRates", "ExitRates", "SpecialDay"))
            .and(
                Columns.oneHot(OnlineShoppers.CATEGORIES.toArray(String[]::new))
                    .rarerThan(20)
                    .acceptUnknown())
            .fit(training);

    // A yes-or-no question has one output, so labels are [n, 1] too.
    Tensor labels = bought.to(DType.FLOAT32).reshape(sessions.size(), 1);
    Split split = rows.split(Dataset.of(features.apply(sessions), labels));
    double share = split.train().labels().mean().item();
    System.out.printf(
        "%,d sessions, %.1f %% with a purchase, %d features%n",
        sessions.size(), 100 * share, features.featureNames().size());

    // The output is a logit: above 0 the answer is yes. The sigmoid that makes a probability of it
    // is part of the loss, which is more exact than a layer.
    int inputs = features.featureNames().size();
    Sequential network = Sequential.of(new Dense(inputs, 64), new Relu(), new Dense(64, 1));
    Dense regression = new Dense(inputs, 1);

    // Weighed alike, the few purchases would hardly count: saying no is right five times of six. So
    // each class gets half of the weight.
    Fit settings =
        Fit.epochs(epochs)
            .batchSize(batchSize)
            .classWeights(0.5 / (1 - share), 0.5 / share)
            .validation(split.validation())
            .seed(seed);
    Tensor truth = split.test().labels();
    double regressionAuc = train("logistic regression", regression, split, settings).auc(truth);
    Run run = train("Dense 64 relu, Dense 1", network, split, settings);
    double networkAuc = run.auc(truth);
    Evaluation evaluation = run.trainer().evaluate(split.test());
    report.write(() ->
        Report.of(run.history())
            .title("Will this customer buy?")
            .settings(run.trainer(), settings)
            .data("training", split.train())
            .evaluation("test", evaluation)
            .classification(
                "test", Classification.ofLogits(run.logits(), truth, "leaves", "buys")));
    save.save(() ->
        SavedModel.of(network)
            .input(Input.tables(features))
            .output(Output.binary("leaves", "buys"))
            .provenance(
                Provenance.of(run.trainer(), settings, run.history())
                    .data("training", split.train())
                    .evaluation("test", evaluation)));
    System.out.printf("logistic regression AUC %.4f%n", regressionAuc);
    System.out.printf("test AUC %.4f%n", networkAuc);
    return 0;
  }

  /** A trained model and what it says about the test sessions. */
  private record Run(Trainer trainer, History history, Tensor logits) {

    /** The share of pairs of a buyer and another visitor in which the buyer is told apart. */
    double auc(Tensor truth) {
      return new RocAuc().of(logits, truth);
    }
  }

  private Run train(String name, Layer model, Split split, Fit settings) {
    System.out.printf("%n%s%n", name);
    model.initialize(new Philox(seed));
    Trainer trainer =
        new Trainer(model, new BinaryCrossEntropy(), new Adam(3e-3)).metrics(new RocAuc());
    History history = trainer.fit(split.train(), settings);

    Tensor logits = trainer.predict(split.test().features());
    System.out.println(ClassificationReport.of(logits, split.test().labels(), "leaves", "buys"));
    return new Run(trainer, history, logits);
  }
}
