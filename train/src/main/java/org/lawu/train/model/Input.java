package org.lawu.train.model;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.lawu.data.Preprocessing;
import org.lawu.data.Table;
import org.lawu.io.Config;

/** What a saved model is given, and how features come of it. */
public sealed interface Input {

  /** Features, ready for the model. */
  record Features() implements Input {}

  /** Texts. */
  record Texts(Preprocessing<List<String>> preprocessing) implements Input {}

  /** Records of a table. */
  record Tables(Preprocessing<Table> preprocessing) implements Input {}

  /** Images. */
  record Images(Preprocessing<List<BufferedImage>> preprocessing) implements Input {}

  /** Features, ready for the model. */
  static Input features() {
    return new Features();
  }

  /** Texts, such as {@code Input.texts(tokens)} with the preprocessing of the training texts. */
  static Input texts(Preprocessing<List<String>> preprocessing) {
    return new Texts(preprocessing);
  }

  /** Records of a table. */
  static Input tables(Preprocessing<Table> preprocessing) {
    return new Tables(preprocessing);
  }

  /** Images. */
  static Input images(Preprocessing<List<BufferedImage>> preprocessing) {
    return new Images(preprocessing);
  }

  /** What it is in a word: {@code features}, {@code texts}, {@code tables} or {@code images}. */
  default String name() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** What is written of it, which {@link Preprocessings#read} reads. */
  default Config config() {
    Config config = Config.of("input", name());
    return switch (this) {
      case Features() -> config;
      case Texts(var preprocessing) -> config.with("preprocessing", preprocessing.config());
      case Tables(var preprocessing) -> config.with("preprocessing", preprocessing.config());
      case Images(var preprocessing) -> config.with("preprocessing", preprocessing.config());
    };
  }
}
