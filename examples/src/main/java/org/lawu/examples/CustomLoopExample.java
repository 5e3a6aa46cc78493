package org.lawu.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lawu.data.Batch;
import org.lawu.data.DataLoader;
import org.lawu.data.Dataset;
import org.lawu.data.Partition;
import org.lawu.data.Split;
import org.lawu.data.Table;
import org.lawu.data.sets.Iris;
import org.lawu.data.tabular.Columns;
import org.lawu.data.tabular.FittedColumns;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Tanh;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.random.Philox;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Tensor;
import org.lawu.train.History;
import org.lawu.train.metric.Accuracy;
import org.lawu.train.model.Input;
import org.lawu.train.model.Output;
import org.lawu.train.model.Provenance;
import org.lawu.train.model.SavedModel;
import org.lawu.train.report.Classification;
import org.lawu.train.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a trainer does, written by hand: for whoever needs another loop than its. */
@Command(
    name = "custom-loop",
    description = "The training loop written by hand, on the iris flowers.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class CustomLoopExample implements Callable<Integer> {
  @Option(names = "--seed", description = "Determines every random number.")
  private long seed = 1;

  @Option(names = "--epochs", description = "How often all flowers are seen.")
  private int epochs = 50;

  @Mixin private final ReportOptions report = new ReportOptions();

  @Mixin private final SaveOptions save = new SaveOptions();

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() throws IOException {
    compute.apply();

    // A third of the flowers is for testing; the scale is learnt from the others.
    var random = new Philox(seed);
    Table flowers = Iris.read(BundledData.find("iris.csv"));
    Tensor species = flowers.labels(Iris.SPECIES);
    Partition rows = Partition.stratified(species, 0, 1.0 / 3, random);
    FittedColumns features =
        Columns.standard("sepalLength", "sepalWidth", "petalLength", "petalWidth")
            .fit(flowers.select(rows.train()));
    Split split = rows.split(Dataset.of(features.apply(flowers), species));

    Sequential model = Sequential.of(new Dense(4, 16), new Tanh(), new Dense(16, 3));
    model.initialize(random);
    var loss = new CrossEntropy();
    var optimizer = new Adam(1e-2);

    // An epoch of the loader is a new order of the flowers. The model's output remembers how it
    // came about; backward() goes that way back, from the loss to the gradient of every parameter,
    // and the optimizer takes a step against it. The course of the loss is for the report.
    var loader = new DataLoader(split.train(), 16).shuffle(random);
    List<Map<String, Double>> course = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      double sum = 0;
      for (Batch batch : loader) {
        Tensor scores = model.forward(batch.features(), Pass.training(random));
        Tensor batchLoss = loss.of(scores, batch.labels());
        Gradients gradients = batchLoss.backward();
        optimizer.step(gradients);
        sum += batchLoss.item() * batch.size();
      }
      double mean = sum / split.train().size();
      course.add(Map.of("loss", mean));
      if (epoch % 10 == 0) {
        System.out.printf("epoch %3d  loss %.4f%n", epoch, mean);
      }
    }

    // predict() is a forward pass as in use: no gradients, no dropout.
    Tensor scores = model.predict(split.test().features());
    double accuracy = new Accuracy().of(scores, split.test().labels());
    report.write(() ->
        Report.of(new History(seed, course))
            .title("Iris, a loop by hand")
            .data("training", split.train())
            .data("test", split.test())
            .classification(
                "test",
                Classification.ofLogits(
                    scores, split.test().labels(), flowers.classes(Iris.SPECIES))));
    save.save(() ->
        SavedModel.of(model)
            .input(Input.tables(features))
            .output(Output.classes(flowers.classes(Iris.SPECIES)))
            .provenance(Provenance.none().data("training", split.train())));
    System.out.printf("test accuracy %.4f%n", accuracy);
    return 0;
  }
}
