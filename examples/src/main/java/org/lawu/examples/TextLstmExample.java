package org.lawu.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lawu.data.sets.Imdb;
import org.lawu.data.sets.SmsSpam;
import org.lawu.data.text.LabelledTexts;
import org.lawu.data.text.Normalization;
import org.lawu.data.text.Padding;
import org.lawu.data.text.Side;
import org.lawu.data.text.TextDataset;
import org.lawu.data.text.TextPreprocessing;
import org.lawu.data.text.WordTokenization;
import org.lawu.data.text.WordTokenizer;
import org.lawu.nn.loss.BinaryCrossEntropy;
import org.lawu.nn.model.LstmClassifier;
import org.lawu.optim.Adam;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.train.Evaluation;
import org.lawu.train.Fit;
import org.lawu.train.History;
import org.lawu.train.Trainer;
import org.lawu.train.metric.BinaryAccuracy;
import org.lawu.train.model.Input;
import org.lawu.train.model.Output;
import org.lawu.train.model.Provenance;
import org.lawu.train.model.SavedModel;
import org.lawu.train.report.Classification;
import org.lawu.train.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A recurrent network reads texts word by word and tells two kinds of them apart. */
@Command(
    name = "text-lstm",
    description = "Film reviews (--data) or text messages, read word by word by an LSTM.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class TextLstmExample implements Callable<Integer> {
  @Option(names = "--seed", description = "Determines every random number.")
  private long seed = 1;

  @Option(names = "--epochs", description = "How often all texts are seen.")
  private int epochs = 5;

  @Option(names = "--batch-size", description = "Texts for each step.")
  private int batchSize = 32;

  @Option(names = "--words", description = "The most words that are read of a text, its last.")
  private int words = 500;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder with the IMDB reviews (default: the bundled SMS spam collection).")
  private @Nullable Path data;

  @Mixin private final SaveOptions save = new SaveOptions();

  @Mixin private final ReportOptions report = new ReportOptions();

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() throws IOException {
    compute.apply();
    var random = new Philox(seed);

    // Texts of two classes. The reviews come in two halves; of the messages a fifth is kept back.
    final LabelledTexts train;
    final LabelledTexts test;
    if (data != null) {
      Imdb imdb = Imdb.read(data);
      train = imdb.train();
      test = imdb.test();
    } else {
      var parts = SmsSpam.read(BundledData.find("sms-spam.tsv.gz")).split(0.2, random);
      train = parts.train();
      test = parts.test();
    }
    System.out.println("to learn from: " + train);

    // The 10,000 most frequent words of the training texts get numbers; 0 fills up short texts and
    // 1 stands for all other words. Of a long text the end is kept, where the verdict is.
    long start = System.nanoTime();
    WordTokenizer tokenizer =
        WordTokenization.words()
            .normalization(Normalization.none().htmlBreaks().nfkc().lowerCase())
            .maximumSize(10_000)
            .fit(train.texts());
    var preprocessing = new TextPreprocessing(tokenizer, Padding.toLongest(words).cut(Side.START));
    TextDataset training = preprocessing.dataset(train.texts(), train.binaryLabels());
    TextDataset testing = preprocessing.dataset(test.texts(), test.binaryLabels());
    System.out.printf(
        "%s, %d texts tokenized in %.1f s%n",
        tokenizer, train.size() + test.size(), (System.nanoTime() - start) / 1e9);

    // Each word becomes 50 numbers, the LSTM carries 128 from word to word, and what it holds after
    // the last word becomes one number: above 0 for the second class.
    var model = new LstmClassifier(tokenizer.vocabulary().size(), 50, 128, 1, 1, 0.3);
    model.initialize(random);
    System.out.println(model.summary(Shape.of(words), DType.INT32));

    // The data set's batches are of texts of like length, filled up to their own longest. Clipping
    // keeps a step small where gradients through hundreds of words grow.
    Trainer trainer =
        new Trainer(model, new BinaryCrossEntropy(), new Adam(1e-3)).metrics(new BinaryAccuracy());
    Fit settings = Fit.forEpochs(epochs).batchSize(batchSize).seed(seed).clipNorm(1);
    History history = trainer.fit(training, settings);
    Evaluation evaluation = trainer.evaluate(testing.shortestFirst(), batchSize);

    // A page to look at: curves, and the texts that were misread with the most confidence.
    report.write(() -> {
      Tensor logits = Tensor.concat(0, trainer.predict(testing, batchSize).toList());
      return Report.of(history)
          .title("Texts, read by an LSTM")
          .settings(trainer, settings)
          .data("training", training)
          .evaluation("test", evaluation)
          .classification(
              "test",
              Classification.ofLogits(logits, test.binaryLabels(), test.classes())
                  .texts(test.texts()));
    });

    // The file holds the vocabulary too, so it is all that is needed to judge other texts.
    save.save(() ->
        SavedModel.of(model)
            .input(Input.texts(preprocessing))
            .output(Output.binary(train.classes().get(0), train.classes().get(1)))
            .provenance(
                Provenance.of(trainer, settings, history)
                    .data("training", training)
                    .evaluation("test", evaluation)));

    double seconds = Arrays.stream(history.values("seconds")).average().orElse(0);
    System.out.printf("time per epoch %.1f s%n", seconds);
    System.out.printf("test accuracy %.4f%n", evaluation.get("accuracy"));
    return 0;
  }
}
