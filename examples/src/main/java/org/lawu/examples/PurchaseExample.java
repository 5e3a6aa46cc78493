package org.lawu.examples;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.lawu.data.Csv;
import org.lawu.data.Dataset;
import org.lawu.data.Partition;
import org.lawu.data.Split;
import org.lawu.data.Table;
import org.lawu.data.tabular.Columns;
import org.lawu.data.tabular.FittedColumns;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
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
import org.lawu.train.callback.EarlyStopping;
import org.lawu.train.metric.Bootstrap;
import org.lawu.train.metric.ClassificationReport;
import org.lawu.train.metric.ConfidenceInterval;
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

/** A network tells which customers of a supermarket buy a dessert, beside a logistic regression. */
@Command(
    name = "purchase",
    description = "Will this customer buy: a rare answer, beside logistic regression.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class PurchaseExample implements Callable<Integer> {
  private static final String DESSERT = "puddings-deserts";

  @Option(names = "--seed", description = "Determines every random number.")
  private long seed = 1;

  @Option(names = "--epochs", description = "How often all baskets are seen, at most.")
  private int epochs = 40;

  @Option(names = "--batch-size", description = "Baskets for each step.")
  private int batchSize = 64;

  @Mixin private final SaveOptions save = new SaveOptions();

  @Mixin private final ReportOptions report = new ReportOptions();

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() throws IOException {
    compute.apply();

    // 4,627 baskets of a supermarket: 1 for each department that something is from, else 0. One in
    // six has a dessert, in each part of the split. What a basket costs is known only at the till.
    Table baskets = Csv.read(BundledData.find("supermarket.csv.gz")).drop("total");
    Tensor bought = baskets.labels(DESSERT);
    Partition rows = Partition.stratified(bought, 0.2, 0.2, new Philox(seed));
    Table training = baskets.select(rows.train());

    // What else is in the basket is all there is to go by. From the departments that hardly anybody
    // visits nothing can be learnt.
    String[] departments =
        training.columns().stream()
            .filter(name -> !name.equals(DESSERT) && training.floats(name).sum().item() >= 20)
            .toArray(String[]::new);
    FittedColumns features = Columns.numbers(departments).fit(training);

    // A yes-or-no question has one output, so labels are [n, 1] too.
    Tensor labels = bought.to(DType.FLOAT32).reshape(baskets.size(), 1);
    Split split = rows.split(Dataset.of(features.apply(baskets), labels));
    double share = split.train().labels().mean().item();
    System.out.printf(
        "%,d baskets, %.1f %% with a dessert, %d departments%n",
        baskets.size(), 100 * share, departments.length);

    // The output is a logit: above 0 the answer is yes. The sigmoid that makes a probability of it
    // is part of the loss, which is more exact than a layer. The table is small and tells little:
    // to learn it by heart would be easy. So dropout hides most of a basket, other parts each time.
    Sequential network =
        Sequential.of(
            new Dropout(0.7), new Dense(departments.length, 64), new Relu(), new Dense(64, 1));
    Sequential regression = Sequential.of(new Dropout(0.7), new Dense(departments.length, 1));

    // Weighed alike, the few desserts would hardly count: saying no is right five times of six. So
    // each class gets half of the weight. The weights of the best epoch are kept, and the baskets
    // for validation say which it was: those for testing are not touched before the end.
    Fit settings =
        Fit.forEpochs(epochs)
            .batchSize(batchSize)
            .classWeights(0.5 / (1 - share), 0.5 / share)
            .validation(split.validation())
            .callbacks(new EarlyStopping("val_auc").patience(10))
            .seed(seed);
    Run straight = train("logistic regression", regression, split, settings);
    Run run = train("Dense 64 relu, Dense 1", network, split, settings);

    // A page to look at, and a file that judges other baskets.
    Tensor truth = split.test().labels();
    Evaluation evaluation = run.trainer().evaluate(split.test());
    report.write(() ->
        Report.of(run.history())
            .title("Will this customer buy a dessert?")
            .settings(run.trainer(), settings)
            .data("training", split.train())
            .evaluation("test", evaluation)
            .classification(
                "test", Classification.ofLogits(run.logits(), truth, "no dessert", "dessert")));
    save.save(() ->
        SavedModel.of(network)
            .input(Input.tables(features))
            .output(Output.binary("no dessert", "dessert"))
            .provenance(
                Provenance.of(run.trainer(), settings, run.history())
                    .data("training", split.train())
                    .evaluation("test", evaluation)));

    // Other customers might have come: the interval says how far that moves the number.
    System.out.println("logistic regression AUC " + straight.auc(truth));
    System.out.println("test AUC " + run.auc(truth));
    return 0;
  }

  /** A trained model and what it says about the baskets for testing. */
  private record Run(Trainer trainer, History history, Tensor logits) {

    /** The share of pairs of a basket with and one without in which the two are told apart. */
    ConfidenceInterval auc(Tensor truth) {
      return new Bootstrap().interval(new RocAuc(), logits, truth);
    }
  }

  private Run train(String name, Sequential model, Split split, Fit settings) {
    System.out.printf("%n%s%n", name);
    model.initialize(new Philox(seed));
    Trainer trainer =
        new Trainer(model, new BinaryCrossEntropy(), new Adam(2e-3)).metrics(new RocAuc());
    History history = trainer.fit(split.train(), settings);

    Tensor logits = trainer.predict(split.test().features());
    System.out.println(
        ClassificationReport.of(logits, split.test().labels(), "no dessert", "dessert"));
    return new Run(trainer, history, logits);
  }
}
