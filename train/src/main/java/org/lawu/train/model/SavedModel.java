package org.lawu.train.model;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lawu.data.Table;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.error.LawuException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.io.Safetensors;
import org.lawu.io.StoredTensors;
import org.lawu.nn.Layer;
import org.lawu.nn.Layers;
import org.lawu.tensor.Tensor;

/**
 * A model with all that is needed to use it: how its features are made, what its output means, and
 * where it comes from. Saved, it is one safetensors file, which {@link Layer#load} and PyTorch read
 * too; the rest is in the file's metadata.
 *
 * <pre>{@code
 * SavedModel.of(model)
 *     .input(Input.texts(preprocessing))
 *     .output(Output.classes("ham", "spam"))
 *     .provenance(Provenance.of(trainer, settings, history).data("training", data))
 *     .save(Path.of("model.safetensors"));
 *
 * var saved = SavedModel.load(Path.of("model.safetensors"));
 * Prediction prediction = saved.predictTexts(List.of("free prize")).getFirst();
 * prediction.label();       // spam
 * prediction.probability(); // 0.98
 * }</pre>
 *
 * <p>Immutable, but for the model in it. Any number of threads may predict at once.
 */
public final class SavedModel {
  private static final String FORMAT = "1";
  private static final String FORMAT_KEY = "lawu.format";
  private static final String ARCHITECTURE = "lawu.architecture";
  private static final String INPUT = "lawu.input";
  private static final String OUTPUT = "lawu.output";
  private static final String PROVENANCE = "lawu.provenance";

  /** Inputs that are worked on at a time. */
  private static final int BATCH_SIZE = 256;

  private final Layer model;
  private final Input input;
  private final Output output;
  private final Provenance provenance;

  private SavedModel(Layer model, Input input, Output output, Provenance provenance) {
    this.model = model;
    this.input = input;
    this.output = output;
    this.provenance = provenance;
  }

  /** A model that takes features and gives numbers. */
  public static SavedModel of(Layer model) {
    return new SavedModel(model, Input.features(), Output.raw(), Provenance.none());
  }

  /** With what the model is given; features unless this is called. */
  public SavedModel input(Input newInput) {
    return new SavedModel(model, newInput, output, provenance);
  }

  /** With what comes out of the model; {@link Output#raw} unless this is called. */
  public SavedModel output(Output newOutput) {
    return new SavedModel(model, input, newOutput, provenance);
  }

  /** With where the model comes from; the versions alone unless this is called. */
  public SavedModel provenance(Provenance newProvenance) {
    return new SavedModel(model, input, output, newProvenance);
  }

  /** The model. */
  public Layer model() {
    return model;
  }

  /** What the model is given. */
  public Input input() {
    return input;
  }

  /** What comes out of the model. */
  public Output output() {
    return output;
  }

  /** Where the model comes from. */
  public Provenance provenance() {
    return provenance;
  }

  // ---- files

  /**
   * Saves a model of Lawu's layers; see {@link #save(Path, Layers)}.
   *
   * @throws ArgumentException if a layer cannot be written down
   * @throws IOException if the file cannot be written
   */
  public void save(Path file) throws IOException {
    save(file, Layers.standard());
  }

  /**
   * Saves the model. The file appears complete or not at all.
   *
   * @param layers the kinds of the layers
   * @throws ArgumentException if a layer cannot be written down
   * @throws IOException if the file cannot be written
   */
  public void save(Path file, Layers layers) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    model.namedParameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put(FORMAT_KEY, FORMAT);
    metadata.put(ARCHITECTURE, layers.describe(model).toString());
    metadata.put(INPUT, input.config().toString());
    metadata.put(OUTPUT, output.config().toString());
    metadata.put(PROVENANCE, provenance.config().toString());
    Safetensors.write(file, tensors, metadata);
  }

  /**
   * Reads a model of Lawu's layers and kinds of preprocessing; see {@link #load(Path, Layers,
   * Preprocessings)}.
   *
   * @throws FormatException if it is no such file
   * @throws IOException if the file cannot be read
   */
  public static SavedModel load(Path file) throws IOException {
    return load(file, Layers.standard(), Preprocessings.standard());
  }

  /**
   * Reads a model. The file may be an attacker's: what it declares is checked against its own size
   * before memory is allocated for it.
   *
   * @param layers the kinds of layers that the model may have
   * @param preprocessings the kinds of preprocessing that it may have
   * @throws FormatException if it is no such file, holds a kind that is not known, or weights that
   *     do not fit the model; the message names the file and the place
   * @throws IOException if the file cannot be read
   */
  public static SavedModel load(Path file, Layers layers, Preprocessings preprocessings)
      throws IOException {
    try (StoredTensors stored = Safetensors.open(file)) {
      Map<String, String> metadata = stored.metadata();
      if (!metadata.containsKey(ARCHITECTURE)) {
        throw new FormatException(
            ("%s: there are weights in it, but not what model they are of; build the model and use"
                    + " its load, or save it with SavedModel")
                .formatted(file));
      }
      String format = metadata.getOrDefault(FORMAT_KEY, "unknown");
      if (!format.equals(FORMAT)) {
        throw new FormatException(
            "%s, %s: is %s, this version of Lawu reads %s"
                .formatted(file, FORMAT_KEY, format, FORMAT));
      }
      Input input = part(file, metadata, INPUT, preprocessings::read);
      Output output = part(file, metadata, OUTPUT, Output::of);
      Provenance provenance = part(file, metadata, PROVENANCE, Provenance::of);
      Config architecture = part(file, metadata, ARCHITECTURE, config -> config);
      Layer model = layers.restore(architecture, file, stored);
      return new SavedModel(model, input, output, provenance);
    }
  }

  private static <T> T part(
      Path file, Map<String, String> metadata, String name, Function<Config, T> reader) {
    String source = "%s, %s".formatted(file, name);
    String text = metadata.get(name);
    if (text == null) {
      throw new FormatException("%s: is missing".formatted(source));
    }
    try {
      return reader.apply(Config.parse(source, text));
    } catch (LawuException | ArithmeticException fault) {
      String message = String.valueOf(fault.getMessage());
      throw new FormatException(
          message.startsWith(source) ? message : "%s: %s".formatted(source, message), fault);
    }
  }

  // ---- predictions

  /**
   * What the model says about features.
   *
   * @param features {@code [n, ...]}
   * @throws LawuException if they do not fit the model
   */
  public List<Prediction> predict(Tensor features) {
    if (features.rank() == 0) {
      throw new ShapeException("predict: features must be [n, ...], got a scalar");
    }
    return inBatches(features.size(0), (from, to) -> features.slice(0, from, to));
  }

  /**
   * What the model says about texts.
   *
   * @throws ArgumentException if it does not take texts
   */
  public List<Prediction> predictTexts(List<String> texts) {
    if (input instanceof Input.Texts(var preprocessing)) {
      return inBatches(texts.size(), (from, to) -> preprocessing.apply(texts.subList(from, to)));
    }
    throw refusal("texts");
  }

  /**
   * What the model says about the records of a table.
   *
   * @throws ArgumentException if it does not take tables
   */
  public List<Prediction> predictTable(Table table) {
    if (input instanceof Input.Tables(var preprocessing)) {
      return table.size() == 0 ? List.of() : predict(preprocessing.apply(table));
    }
    throw refusal("tables");
  }

  /**
   * What the model says about images.
   *
   * @throws ArgumentException if it does not take images
   */
  public List<Prediction> predictImages(List<BufferedImage> images) {
    if (input instanceof Input.Images(var preprocessing)) {
      return inBatches(images.size(), (from, to) -> preprocessing.apply(images.subList(from, to)));
    }
    throw refusal("images");
  }

  private ArgumentException refusal(String given) {
    return new ArgumentException(
        "predict: the model takes %s, not %s".formatted(input.name(), given));
  }

  @FunctionalInterface
  private interface Range {
    Tensor of(int from, int to);
  }

  private List<Prediction> inBatches(int count, Range features) {
    List<Prediction> predictions = new ArrayList<>(count);
    IntStream.iterate(0, from -> from < count, from -> from + BATCH_SIZE)
        .mapToObj(from -> features.of(from, Math.min(from + BATCH_SIZE, count)))
        .forEach(batch -> predictions.addAll(output.read(model.predict(batch))));
    return predictions;
  }

  // ---- as text

  /** The layers, what goes in and comes out, and where the model comes from. */
  public String describe() {
    Config written = input.config();
    return String.format(
        Locale.ROOT,
        "%s%n%,d parameters%n%ninput         %s%noutput        %s%n%s",
        model,
        model.namedParameters().values().stream()
            .filter(parameter -> !parameter.isBuffer())
            .mapToLong(parameter -> parameter.shape().elements())
            .sum(),
        written.has("preprocessing")
            ? "%s through %s"
                .formatted(input.name(), written.config("preprocessing").string("kind"))
            : input.name(),
        output,
        provenance);
  }

  @Override
  public String toString() {
    return "SavedModel[%s to %s]".formatted(input.name(), output);
  }
}
