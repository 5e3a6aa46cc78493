package org.lawu.train.model;

import java.util.List;
import java.util.Locale;
import org.lawu.data.Preprocessing;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/** A preprocessing of the tests' own: how often each of some letters is in a text. */
record Vowels(String letters) implements Preprocessing<List<String>> {
  static Preprocessings known() {
    return Preprocessings.standard().with("Vowels", config -> Input.texts(of(config)));
  }

  static Vowels of(Config config) {
    return new Vowels(config.string("letters"));
  }

  @Override
  public Tensor apply(List<String> inputs) {
    float[] counts = new float[inputs.size() * letters.length()];
    int at = 0;
    for (String text : inputs) {
      for (char letter : letters.toCharArray()) {
        counts[at++] = text.toLowerCase(Locale.ROOT).chars().filter(c -> c == letter).count();
      }
    }
    return Tensor.of(counts, inputs.size(), letters.length());
  }

  @Override
  public Config config() {
    return Config.of("kind", "Vowels").with("letters", letters);
  }
}
