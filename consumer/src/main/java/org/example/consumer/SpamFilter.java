package org.example.consumer;

import java.nio.file.Path;
import java.util.List;
import org.lawu.data.Dataset;
import org.lawu.data.sets.SmsSpam;
import org.lawu.data.text.BagOfWords;
import org.lawu.data.text.LabelledTexts;
import org.lawu.data.text.Weighting;
import org.lawu.data.text.WordTokenization;
import org.lawu.nn.Sequential;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.train.Fit;
import org.lawu.train.History;
import org.lawu.train.Trainer;
import org.lawu.train.callback.EarlyStopping;
import org.lawu.train.metric.Accuracy;
import org.lawu.train.metric.ClassificationReport;
import org.lawu.train.model.Input;
import org.lawu.train.model.Output;
import org.lawu.train.model.Prediction;
import org.lawu.train.model.Provenance;
import org.lawu.train.model.SavedModel;

/** The program of docs/tutorial.md. */
public final class SpamFilter {
  private SpamFilter() {}

  public static void main(String[] args) throws Exception {
    train(Path.of(args[0]), Path.of(args[1]));
    use(Path.of(args[1]));
  }

  static void train(Path data, Path file) throws Exception {
    LabelledTexts messages = SmsSpam.read(data);
    var random = new Philox(1);
    var parts = messages.split(0.2, random);

    BagOfWords words =
        BagOfWords.fit(
            WordTokenization.words().maximumSize(5000), Weighting.TF_IDF, parts.train().texts());
    Dataset training = Dataset.of(words.apply(parts.train().texts()), parts.train().labels());
    Tensor testFeatures = words.apply(parts.test().texts());

    Sequential model =
        Sequential.input(words.words().size()).dense(64).relu().dropout(0.5).dense(2).build();
    model.initialize(random);
    System.out.println(model.summary(words.words().size()));

    Trainer trainer =
        new Trainer(model, new CrossEntropy(), new Adam(1e-3)).metrics(new Accuracy());
    Fit settings =
        Fit.forEpochs(20)
            .validationSplit(0.1)
            .seed(1)
            .callbacks(new EarlyStopping("val_loss").patience(3));
    History history = trainer.fit(training, settings);

    Tensor predictions = trainer.predict(testFeatures);
    System.out.println(ClassificationReport.of(predictions, parts.test().labels(), "ham", "spam"));

    SavedModel.of(model)
        .input(Input.texts(words))
        .output(Output.classes("ham", "spam"))
        .provenance(Provenance.of(trainer, settings, history).data("training", training))
        .save(file);
  }

  static void use(Path file) throws Exception {
    SavedModel filter = SavedModel.load(file);
    for (Prediction prediction :
        filter.predictTexts(
            List.of("Free prize! Text WIN to 80082 to claim now", "See you at lunch?"))) {
      System.out.printf("%s (%.2f)%n", prediction.label(), prediction.probability());
    }
  }
}
