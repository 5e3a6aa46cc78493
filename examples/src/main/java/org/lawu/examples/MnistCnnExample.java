package org.lawu.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lawu.data.image.ImagePreprocessing;
import org.lawu.data.sets.Mnist;
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

/** A convolutional network learns to read handwritten digits. */
@Command(
    name = "mnist-cnn",
    description = "Handwritten digits again: a convolutional network, some minutes.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class MnistCnnExample implements Callable<Integer> {
  @Option(names = "--seed", description = "Determines every random number.")
  private long seed = 1;

  @Option(names = "--epochs", description = "How often all images are seen.")
  private int epochs = 5;

  @Option(names = "--batch-size", description = "Images for each step.")
  private int batchSize = 128;

  @Option(
      names = "--data",
      description = "A folder with the four files of MNIST (default: bundled).")
  private @Nullable Path data;

  @Mixin private final SaveOptions save = new SaveOptions();

  @Mixin private final ReportOptions report = new ReportOptions();

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() throws IOException {
    compute.apply();

    // 60,000 images to learn from and 10,000 to be judged by: 28 x 28 pixels from 0 to 1, and a
    // digit.
    Mnist mnist = Mnist.read(data != null ? data : BundledData.find("mnist"));

    // Two convolutions look at 3 x 3 and then 5 x 5 pixels around each place, for 64 features
    // there; the largest of every four places is kept, and two dense layers weigh what was found
    // where. Dropout hides part of it at each training step, so that the network does not lean on
    // a little.
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

    // Cross-entropy compares the scores with the digit; Adam changes the weights to lower it, in
    // steps that grow at first and shrink to nothing at the end.
    Trainer trainer =
        new Trainer(model, new CrossEntropy(), new Adam(1e-3)).metrics(new Accuracy());
    int steps = epochs * Math.ceilDiv(mnist.train().size(), batchSize);
    Fit settings =
        Fit.forEpochs(epochs).batchSize(batchSize).schedule(new OneCycle(3e-3, steps)).seed(seed);
    History history = trainer.fit(mnist.train(), settings);
    Evaluation test = trainer.evaluate(mnist.test());

    // A page to look at: curves, confusion matrix, and the digits that were read wrongly.
    report.write(() -> {
      Tensor images = mnist.test().features();
      Tensor scores = trainer.predict(images);
      return Report.of(history)
          .title("Handwritten digits, by convolutions")
          .settings(trainer, settings)
          .data("training", mnist.train())
          .evaluation("test", test)
          .classification(
              "test", Classification.ofLogits(scores, mnist.test().labels()).images(images));
    });

    // The file holds the weights under PyTorch's names, which loads them too, and what is needed to
    // predict and to train again. Digits on paper are dark, those of MNIST are light.
    save.save(() ->
        SavedModel.of(model)
            .input(Input.images(ImagePreprocessing.grayscale(28, 28).invert()))
            .output(Output.classes("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"))
            .provenance(
                Provenance.of(trainer, settings, history)
                    .data("training", mnist.train())
                    .evaluation("test", test)));
    System.out.printf("test accuracy %.4f%n", test.get("accuracy"));
    return 0;
  }
}
