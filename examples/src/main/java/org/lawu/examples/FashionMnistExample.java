package org.lawu.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Dataset;
import org.lawu.data.image.ImagePreprocessing;
import org.lawu.data.image.RandomHorizontalFlip;
import org.lawu.data.sets.FashionMnist;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Conv2d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Flatten;
import org.lawu.nn.layer.MaxPool2d;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.optim.schedule.OneCycle;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.train.Evaluation;
import org.lawu.train.Fit;
import org.lawu.train.History;
import org.lawu.train.Trainer;
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

/** A convolutional network learns to tell clothes apart, with mirrored pictures for variety. */
@Command(
    name = "fashion-mnist",
    description = "Pictures of clothes: a convolutional network and mirrored pictures, minutes.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class FashionMnistExample implements Callable<Integer> {
  @Option(names = "--seed", description = "Determines every random number.")
  private long seed = 1;

  @Option(names = "--epochs", description = "How often all images are seen.")
  private int epochs = 8;

  @Option(names = "--batch-size", description = "Images for each step.")
  private int batchSize = 128;

  @Option(
      names = "--data",
      description =
          "A folder with the four files of Fashion-MNIST (default: where Debian's package"
              + " dataset-fashion-mnist has them, or the cache, into which they are downloaded).")
  private @Nullable Path data;

  @Mixin private final SaveOptions save = new SaveOptions();

  @Mixin private final ReportOptions report = new ReportOptions();

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() throws IOException {
    compute.apply();

    // 60,000 images to learn from and 10,000 to be judged by: 28 x 28 pixels from 0 to 1, and a
    // number from 0 to 9 that says what it shows.
    FashionMnist fashion = data != null ? FashionMnist.read(data) : FashionMnist.read();

    // A coat is a coat in the mirror, too: every other picture is mirrored, anew in each epoch.
    // When
    // the network is judged it sees pictures as they are.
    Dataset training = fashion.train().augment(new RandomHorizontalFlip());

    // The network that reads digits: two convolutions, the largest of every four places, and two
    // dense layers that weigh what was found where.
    Sequential model =
        Sequential.of(
            new Conv2d(1, 32, 3),
            new Relu(),
            new Conv2d(32, 64, 3),
            new Relu(),
            new MaxPool2d(2),
            new Dropout(0.25),
            new Flatten(),
            new Dense(9216, 128),
            new Relu(),
            new Dropout(0.5),
            new Dense(128, 10));
    model.initialize(new Philox(seed));
    System.out.println(model.summary(1, 28, 28));

    // Adam's steps grow at first and shrink to nothing at the end.
    Trainer trainer =
        new Trainer(model, new CrossEntropy(), new Adam(1e-3)).metrics(new Accuracy());
    int steps = epochs * Math.ceilDiv(training.size(), batchSize);
    Fit settings =
        Fit.forEpochs(epochs).batchSize(batchSize).schedule(new OneCycle(2e-3, steps)).seed(seed);
    History history = trainer.fit(training, settings);
    Evaluation evaluation = trainer.evaluate(fashion.test());

    // A page to look at: curves, which clothes are taken for which, and the worst mistakes.
    report.write(() -> {
      Tensor images = fashion.test().features();
      Tensor scores = trainer.predict(images);
      return Report.of(history)
          .title("Clothes")
          .settings(trainer, settings)
          .data("training", fashion.train())
          .evaluation("test", evaluation)
          .classification(
              "test",
              Classification.ofLogits(scores, fashion.test().labels(), FashionMnist.CLASS_NAMES)
                  .images(images));
    });

    // On photographs the ground is light, in this set it is black.
    save.save(() ->
        SavedModel.of(model)
            .input(Input.images(ImagePreprocessing.grayscale(28, 28).invert()))
            .output(Output.classes(FashionMnist.CLASS_NAMES))
            .provenance(
                Provenance.of(trainer, settings, history)
                    .data("training", fashion.train())
                    .evaluation("test", evaluation)));
    System.out.printf("test accuracy %.4f%n", evaluation.get("accuracy"));
    return 0;
  }
}
