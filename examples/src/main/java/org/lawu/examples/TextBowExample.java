package org.lawu.examples;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.lawu.data.Dataset;
import org.lawu.data.sets.SmsSpam;
import org.lawu.data.text.BagOfWords;
import org.lawu.data.text.LabelledTexts;
import org.lawu.data.text.Normalization;
import org.lawu.data.text.Weighting;
import org.lawu.data.text.WordTokenization;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.train.Evaluation;
import org.lawu.train.Fit;
import org.lawu.train.History;
import org.lawu.train.Trainer;
import org.lawu.train.metric.Accuracy;
import org.lawu.train.metric.ClassificationReport;
import org.lawu.train.metric.ConfusionMatrix;
import org.lawu.train.model.Input;
import org.lawu.train.model.Output;
import org.lawu.train.model.Provenance;
import org.lawu.train.model.SavedModel;
import org.lawu.train.report.Classification;
import org.lawu.train.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A network finds spam among text messages by the words they have. */
@Command(
    name = "text-bow",
    description = "Spam among text messages, by the words they have.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class TextBowExample implements Callable<Integer> {
  @Option(names = "--seed", description = "Determines every random number.")
  private long seed = 1;

  @Option(names = "--epochs", description = "How often all messages are seen.")
  private int epochs = 5;

  @Option(names = "--batch-size", description = "Messages for each step.")
  private int batchSize = 32;

  @Option(names = "--words", description = "The words that are known, the most frequent ones.")
  private int words = 5000;

  @Mixin private final SaveOptions save = new SaveOptions();

  @Mixin private final ReportOptions report = new ReportOptions();

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() throws IOException {
    compute.apply();
    var random = new Philox(seed);

    // 5,574 messages, of which 747 are spam; a fifth of both kinds is kept back to judge by.
    LabelledTexts messages = SmsSpam.read(BundledData.find("sms-spam.tsv.gz"));
    LabelledTexts.Parts parts = messages.split(0.2, random);
    LabelledTexts train = parts.train();
    LabelledTexts test = parts.test();

    // A message becomes a number for each known word: the larger, the more often the message has
    // the word and the fewer other messages have it. Only training messages are counted. Numbers of
    // as many digits are one word: which telephone number a message has says little, that it has
    // one a lot.
    WordTokenization tokenization =
        WordTokenization.words()
            .normalization(Normalization.none().nfkc().lowerCase().zeroDigits())
            .maximumSize(words);
    BagOfWords bag = BagOfWords.fit(tokenization, Weighting.TF_IDF, train.texts());
    Dataset training = Dataset.of(bag.apply(train.texts()), train.labels());
    Dataset testing = Dataset.of(bag.apply(test.texts()), test.labels());

    int columns = bag.words().size();
    Sequential model =
        Sequential.of(
            new Dense(columns, 512),
            new Relu(),
            new Dropout(0.5),
            new Dense(512, 512),
            new Relu(),
            new Dropout(0.5),
            new Dense(512, 2));
    model.initialize(random);
    System.out.println(model.summary(columns));

    // Spam is rare, so a spam message counts twice.
    Trainer trainer =
        new Trainer(model, new CrossEntropy(), new Adam(1e-3)).metrics(new Accuracy());
    Fit settings = Fit.forEpochs(epochs).batchSize(batchSize).seed(seed).classWeights(1, 2);
    History history = trainer.fit(training, settings);
    Evaluation evaluation = trainer.evaluate(testing);
    Tensor scores = trainer.predict(testing.features());

    // A page to look at: curves, and the messages that were misread with the most confidence.
    report.write(() ->
        Report.of(history)
            .title("Spam, by its words")
            .settings(trainer, settings)
            .data("training", training)
            .evaluation("test", evaluation)
            .classification(
                "test",
                Classification.ofLogits(scores, test.labels(), test.classes())
                    .texts(test.texts())));

    // The file holds the words too, so it is all that is needed to judge other messages.
    save.save(() ->
        SavedModel.of(model)
            .input(Input.texts(bag))
            .output(Output.classes(train.classes()))
            .provenance(
                Provenance.of(trainer, settings, history)
                    .data("training", training)
                    .evaluation("test", evaluation)));

    // Most messages are no spam, so accuracy alone says little: of what was called spam, how much
    // was (precision), and of what was spam, how much was called so (recall)?
    System.out.println(ClassificationReport.of(scores, test.labels(), "ham", "spam"));
    var matrix = ConfusionMatrix.of(scores, test.labels());
    System.out.printf("test accuracy %.4f%n", matrix.accuracy());
    System.out.printf(
        "spam: precision %.4f  recall %.4f  F1 %.4f%n",
        matrix.precision(1), matrix.recall(1), matrix.f1(1));
    return 0;
  }
}
