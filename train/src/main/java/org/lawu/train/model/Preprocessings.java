package org.lawu.train.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.lawu.data.image.ImagePreprocessing;
import org.lawu.data.tabular.FittedColumns;
import org.lawu.data.tabular.ReducedColumns;
import org.lawu.data.text.BagOfWords;
import org.lawu.data.text.TextPreprocessing;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.io.Config;

/**
 * The kinds of preprocessing that can be read from a saved model. {@link #standard} knows those of
 * Lawu; your own are added. Immutable.
 *
 * <pre>{@code
 * var kinds = Preprocessings.standard().with("Syllables", c -> Input.texts(Syllables.of(c)));
 * var saved = SavedModel.load(file, Layers.standard(), kinds);
 * }</pre>
 */
public final class Preprocessings {
  private final Map<String, Function<Config, Input>> readers;

  private Preprocessings(Map<String, Function<Config, Input>> readers) {
    this.readers = readers;
  }

  /** All of Lawu. */
  public static Preprocessings standard() {
    return new Preprocessings(Map.of())
        .with(ImagePreprocessing.KIND, config -> Input.images(ImagePreprocessing.of(config)))
        .with("Columns", config -> Input.tables(FittedColumns.of(config)))
        .with("ReducedColumns", config -> Input.tables(ReducedColumns.of(config)))
        .with(TextPreprocessing.KIND, config -> Input.texts(TextPreprocessing.of(config)))
        .with(BagOfWords.KIND, config -> Input.texts(BagOfWords.of(config)));
  }

  /**
   * With one more kind.
   *
   * @param kind what the config of the preprocessing has as {@code kind}
   * @param reader reads the preprocessing back from its config
   * @throws ArgumentException if the kind is taken
   */
  public Preprocessings with(String kind, Function<Config, Input> reader) {
    Map<String, Function<Config, Input>> more = new LinkedHashMap<>(readers);
    if (more.put(kind, reader) != null) {
      throw new ArgumentException(
          "preprocessings: the kind %s is taken; give yours another name".formatted(kind));
    }
    return new Preprocessings(more);
  }

  /**
   * Reads what {@link Input#config} wrote.
   *
   * @throws FormatException if the kind is not known, or the settings do not fit it
   */
  public Input read(Config config) {
    String name = config.string("input");
    if (name.equals(Input.features().name())) {
      return Input.features();
    }
    Config written = config.config("preprocessing");
    String kind = written.string("kind");
    Function<Config, Input> reader = readers.get(kind);
    if (reader == null) {
      throw new FormatException(
          "%s: there is no kind of preprocessing \"%s\"; add one of your own with"
                  .formatted(written.source(), kind)
              + " Preprocessings.with");
    }
    Input input = reader.apply(written);
    if (!input.name().equals(name)) {
      throw new FormatException(
          "%s: the preprocessing %s takes %s, not %s"
              .formatted(config.source(), kind, input.name(), name));
    }
    return input;
  }
}
