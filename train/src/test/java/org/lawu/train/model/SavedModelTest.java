package org.lawu.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lawu.data.Dataset;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.io.Safetensors;
import org.lawu.io.SafetensorsFile;
import org.lawu.nn.Layer;
import org.lawu.nn.Layers;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.BatchNorm1d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.train.Fit;
import org.lawu.train.History;
import org.lawu.train.Trainer;
import org.lawu.train.metric.Accuracy;

class SavedModelTest {
  private static final List<String> TEXTS =
      List.of("ananas", "banana", "papaya", "igloo", "iris", "limit", "amanda", "mimi");
  private static final Vowels VOWELS = new Vowels("aio");
  private static final Fit SETTINGS = Fit.forEpochs(20).batchSize(4).seed(7).clipNorm(1).quiet();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("model.safetensors");
  }

  private static Sequential network() {
    return Sequential.of(new Dense(3, 8), new BatchNorm1d(8), new Relu(), new Dense(8, 2))
        .initialize(new Philox(1));
  }

  private static Dataset data() {
    return Dataset.of(VOWELS.apply(TEXTS), Tensor.of(new int[] {0, 0, 0, 1, 1, 1, 0, 1}));
  }

  /** Learns whether a text has more a or more i. */
  private static SavedModel trained() {
    var trainer =
        new Trainer(network(), new CrossEntropy(), new Adam(0.05)).metrics(new Accuracy());
    History history = trainer.fit(data(), SETTINGS);
    return SavedModel.of(trainer.model())
        .input(Input.texts(VOWELS))
        .output(Output.classes("a", "i"))
        .provenance(
            Provenance.of(trainer, SETTINGS, history)
                .data("training", data())
                .evaluation("training", trainer.evaluate(data())));
  }

  private SavedModel load() throws IOException {
    return SavedModel.load(file, Layers.standard(), Vowels.known());
  }

  // ---- what comes back

  @Test
  void theFileAloneIsEnoughToPredict() throws IOException {
    SavedModel saved = trained();
    saved.save(file);
    SavedModel loaded = load();
    assertThat(loaded.predictTexts(TEXTS)).isEqualTo(saved.predictTexts(TEXTS));
    assertThat(loaded.predictTexts(TEXTS).stream().map(Prediction::label))
        .containsExactly("a", "a", "a", "i", "i", "i", "a", "i");
    assertThat(loaded.predictTexts(List.of("Bahamas")).getFirst().probability()).isGreaterThan(0.9);
    assertThat(loaded.input()).isEqualTo(Input.texts(VOWELS));
    assertThat(loaded.output()).isEqualTo(Output.classes("a", "i"));
    assertThat(loaded.describe()).isEqualTo(saved.describe());
    assertThat(loaded.provenance().config()).isEqualTo(saved.provenance().config());
  }

  @Test
  void theFileAloneIsEnoughToTrainAgainToTheBit() throws IOException {
    trained().save(file);
    SavedModel loaded = load();
    Provenance provenance = loaded.provenance();
    assertThat(provenance.data()).containsEntry("training", DataRecord.of(data()));
    Config settings = provenance.run().config("settings");
    Layer again = Layers.standard().build(loaded.model().config());
    again.initialize(new Philox(1));
    assertThat(provenance.run().string("loss")).startsWith("CrossEntropy[smoothing=0.0");
    assertThat(provenance.run().string("optimizer")).startsWith("Adam[learningRate=0.05");
    new Trainer(again, new CrossEntropy(), new Adam(0.05))
        .fit(
            data(),
            Fit.forEpochs(settings.integer("epochs"))
                .batchSize(settings.integer("batchSize"))
                .clipNorm(Double.parseDouble(settings.string("clipNorm")))
                .seed(provenance.seed().orElseThrow())
                .quiet());
    Layer model = loaded.model();
    assertThat(again.namedParameters().keySet()).isEqualTo(model.namedParameters().keySet());
    again
        .namedParameters()
        .forEach((name, parameter) ->
            assertThat(parameter.value().detach())
                .isEqualTo(model.namedParameters().get(name).value().detach()));
  }

  @Test
  void theSameTrainingWritesTheSameBytes() throws IOException {
    trained().save(file);
    Path other = folder.resolve("other.safetensors");
    trained().save(other);
    assertThat(Files.readAllBytes(other)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void itIsAnOrdinaryFileOfWeightsToo() throws IOException {
    SavedModel saved = trained();
    saved.save(file);
    Layer plain = network();
    plain.load(file);
    Tensor features = VOWELS.apply(TEXTS);
    assertThat(plain.predict(features)).isEqualTo(saved.model().predict(features));
    assertThat(Safetensors.read(file).metadata()).containsEntry("format", "pt");
  }

  @Test
  void withoutFurtherWordsItTakesFeaturesAndGivesNumbers() throws IOException {
    var model = network();
    SavedModel.of(model).save(file);
    SavedModel loaded = SavedModel.load(file);
    Tensor features = VOWELS.apply(TEXTS);
    float[] expected = model.predict(features).toFloatArray();
    assertThat(loaded.predict(features)).hasSize(TEXTS.size());
    assertThat(loaded.predict(features).get(1).values())
        .isEqualTo(Map.of("0", (double) expected[2], "1", (double) expected[3]));
    assertThat(loaded.provenance().seed()).isEmpty();
  }

  @Test
  void manyInputsGoThroughInBatches() throws IOException {
    SavedModel saved = trained();
    List<String> many = Collections.nCopies(100, TEXTS).stream().flatMap(List::stream).toList();
    List<Prediction> predictions = saved.predictTexts(many);
    assertThat(predictions).hasSize(800);
    // In digits: products of other sizes add in another order.
    assertThat(predictions.subList(792, 800))
        .map(Prediction::toString)
        .isEqualTo(saved.predictTexts(TEXTS).stream().map(Prediction::toString).toList());
    assertThat(saved.predictTexts(List.of())).isEmpty();
  }

  @Test
  void describesItself() {
    assertThat(trained().describe().lines())
        .contains(
            "  0: Dense(3, 8)",
            "66 parameters",
            "input         texts through Vowels",
            "output        classes a, i",
            "seed          7",
            "settings      epochs 20, batchSize 4, accumulate 1, shuffle true, validationSplit 0.0,"
                + " clipNorm 1.0")
        .anyMatch(line -> line.startsWith("saved with    Lawu "))
        .anyMatch(line -> line.matches("training data 8 records, FLOAT32 \\[3] to INT32 \\[],.*"))
        .anyMatch(line -> line.matches("loss +0[.]\\d+ to 0[.]\\d+ in 20 epochs"))
        .anyMatch(line -> line.equals("training accuracy 1.0000"));
  }

  // ---- what is refused

  @Test
  void refusesOtherInputs() {
    SavedModel saved = trained();
    assertThatThrownBy(() -> saved.predictImages(List.of()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("predict: the model takes texts, not images");
    assertThatThrownBy(() -> saved.predict(Tensor.scalar(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("predict: features must be [n, ...], got a scalar");
    SavedModel three = saved.output(Output.classes("a", "i", "o"));
    assertThatThrownBy(() -> three.predictTexts(TEXTS))
        .isInstanceOf(ShapeException.class)
        .hasMessage("classes: the model's output must be [n, 3], got [8, 2]");
  }

  @Test
  void savesNothingThatCannotBeReadAgain() {
    final class Own extends Layer {
      @Override
      protected Tensor compute(Tensor input, Pass pass) {
        return input;
      }
    }
    assertThatThrownBy(() -> SavedModel.of(new Own()).save(file))
        .isInstanceOf(ArgumentException.class)
        .hasMessageContaining("cannot be written down");
    assertThat(file).doesNotExist();
  }

  @Test
  void anUnknownPreprocessingIsNamed() throws IOException {
    trained().save(file);
    assertThatThrownBy(() -> SavedModel.load(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file
                + ", lawu.input, preprocessing: there is no kind of preprocessing \"Vowels\"; add"
                + " one of your own with Preprocessings.with");
  }

  @Test
  void weightsAloneAreNoSavedModel() throws IOException {
    network().save(file);
    assertThatThrownBy(() -> SavedModel.load(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file
                + ": there are weights in it, but not what model they are of; build the model and"
                + " use its load, or save it with SavedModel");
  }

  private void rewrite(String key, String value) throws IOException {
    SafetensorsFile content = Safetensors.read(file);
    Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
    metadata.put(key, value);
    Safetensors.write(file, content.tensors(), metadata);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lawu.format | 2 | , lawu.format: is 2, this version of Lawu reads 1",
        "lawu.architecture | { | , lawu.architecture, character 1: a member's name expected, got the end",
        "lawu.architecture | {\"kind\":\"Dense\",\"inputs\":3,\"outputs\":-1,\"bias\":true} |"
            + " , lawu.architecture: dense: out must be at least 1, got -1",
        "lawu.architecture | {\"kind\":\"Dense\",\"inputs\":3000,\"outputs\":3000,\"bias\":true} |"
            + " , lawu.architecture: weight [3000, 3000] is more than the weights that there are,"
            + " 9 tensors with 83 elements",
        "lawu.architecture | {\"kind\":\"Dense\",\"inputs\":3,\"outputs\":8,\"bias\":true} |"
            + " : does not fit the model; nothing was loaded:",
        "lawu.input | [] | , lawu.input: a JSON object expected",
        "lawu.input | {} | , lawu.input: \"input\" is missing; there are []",
        "lawu.input | {\"input\":\"images\",\"preprocessing\":{\"kind\":\"Vowels\",\"letters\":\"a\"}}"
            + " | , lawu.input: the preprocessing Vowels takes texts, not images",
        "lawu.output | {\"kind\":\"x\"} | , lawu.output: there is no kind of output \"x\"",
        "lawu.output | {\"kind\":\"classes\",\"names\":[\"a\",\"a\"],\"probabilities\":true} |"
            + " , lawu.output: classes: there must be two or more, all different, got [a, a]",
        "lawu.provenance | {} | , lawu.provenance: \"data\" is missing; there are []",
      })
  void corruptMetadataIsNamed(String key, String value, String message) throws IOException {
    trained().save(file);
    rewrite(key, value);
    assertThatThrownBy(this::load)
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file + message);
  }

  /** Whatever happens to a character of the metadata, the outcome is a model or a refusal. */
  @Test
  void anyDamageOfTheMetadataIsAModelOrARefusal() throws IOException {
    trained().save(file);
    SafetensorsFile content = Safetensors.read(file);
    List<String> keys = List.copyOf(content.metadata().keySet());
    var random = new SplittableRandom(3);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
      String key = keys.get(random.nextInt(keys.size()));
      var text = new StringBuilder(metadata.get(key));
      int at = random.nextInt(text.length());
      String some = "0123456789-.eE{}[]\",:abnull";
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, some.charAt(random.nextInt(some.length())));
        case 1 -> text.insert(at, some.charAt(random.nextInt(some.length())));
        default -> text.deleteCharAt(at);
      }
      metadata.put(key, text.toString());
      Path damaged = folder.resolve("damaged.safetensors");
      Safetensors.write(damaged, content.tensors(), metadata);
      try {
        SavedModel.load(damaged, Layers.standard(), Vowels.known()).describe();
      } catch (FormatException fault) {
        assertThat(fault).hasMessageContaining("damaged.safetensors");
        refused++;
      }
    }
    assertThat(refused).isBetween(200, 1000);
  }
}
