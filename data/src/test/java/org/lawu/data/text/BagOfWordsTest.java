package org.lawu.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

class BagOfWordsTest {
  private static final List<String> TEXTS =
      List.of(
          "The cat sat on the mat.", "The dog sat on the log, the dog!", "Cats and dogs; a cat.");

  private static BagOfWords bag(Weighting weighting) {
    return BagOfWords.fit(WordTokenization.words(), weighting, TEXTS);
  }

  @Test
  void aColumnForEachWord() {
    assertThat(bag(Weighting.COUNT).words())
        .containsExactly(
            "the", "cat", "dog", "on", "sat", "a", "and", "cats", "dogs", "log", "mat");
  }

  @Test
  void countsOrDividesOrTellsWhetherThereAreAny() {
    List<String> texts = List.of("the the cat bird", "bird");
    assertThat(bag(Weighting.COUNT).apply(texts).slice(1, 0, 3))
        .isEqualTo(Tensor.of(new float[] {2, 1, 0, 0, 0, 0}, 2, 3));
    assertThat(bag(Weighting.BINARY).apply(texts).slice(1, 0, 3))
        .isEqualTo(Tensor.of(new float[] {1, 1, 0, 0, 0, 0}, 2, 3));
    assertThat(bag(Weighting.FREQUENCY).apply(texts).slice(1, 0, 3))
        .isEqualTo(Tensor.of(new float[] {2 / 3f, 1 / 3f, 0, 0, 0, 0}, 2, 3));
  }

  /** Values of scikit-learn 1.2.1, {@code TfidfVectorizer(token_pattern=r"\b\w+\b")}. */
  @Test
  void weighsAsScikitLearnDoes() {
    double[][] expected = {
      {0.676939745, 0.338469873, 0, 0.338469873, 0.338469873, 0, 0, 0, 0, 0, 0.445047208},
      {0.676862213, 0, 0.593328313, 0.225620738, 0.225620738, 0, 0, 0, 0, 0.296664157, 0},
      {0, 0.355432468, 0, 0, 0, 0.467350982, 0.467350982, 0.467350982, 0.467350982, 0, 0},
      {0, 0.452213544, 0, 0, 0, 0.891909699, 0, 0, 0, 0, 0}
    };
    Tensor actual =
        bag(Weighting.TF_IDF)
            .apply(List.of(TEXTS.get(0), TEXTS.get(1), TEXTS.get(2), "a cat, a bird, a cat"));
    for (int row = 0; row < expected.length; row++) {
      assertThat(actual.select(0, row).toDoubleArray())
          .containsExactly(expected[row], within(1e-7));
    }
    assertThat(bag(Weighting.TF_IDF).apply(List.of("bird", "")).sum().item()).isZero();
  }

  @Test
  void isReadBackFromItsSettings() {
    BagOfWords bag = bag(Weighting.TF_IDF);
    BagOfWords again = BagOfWords.of(Config.parse("preprocessing", bag.config().toString()));
    assertThat(again.config()).isEqualTo(bag.config());
    assertThat(again.apply(TEXTS)).isEqualTo(bag.apply(TEXTS));
    assertThat(again).hasToString("BagOfWords[11 words, TF_IDF]");
    Config wrong =
        Config.of("kind", BagOfWords.KIND)
            .with("tokenizer", bag.tokenizer().config())
            .with("weighting", "tf_idf")
            .with("inverseDocumentFrequencies", new double[] {1});
    assertThatThrownBy(() -> BagOfWords.of(wrong))
        .isInstanceOf(FormatException.class)
        .hasMessage("bagOfWords: 11 inverse document frequencies expected, got 1");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(
            () -> BagOfWords.fit(WordTokenization.words().minimumCount(9), Weighting.COUNT, TEXTS))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("bagOfWords: 3 texts have no word that comes 9 times");
  }
}
