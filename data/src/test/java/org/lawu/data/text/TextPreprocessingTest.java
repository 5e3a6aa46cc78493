package org.lawu.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

class TextPreprocessingTest {
  private static final WordTokenizer TOKENIZER =
      WordTokenization.words().fit(List.of("a a a a b b b c c d"));

  private static final Tokenizer MARKING =
      new WordPieceTokenizer(
          Vocabulary.of(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "c")), true);

  @Test
  void makesRowsOfTokens() {
    var preprocessing = new TextPreprocessing(TOKENIZER, Padding.toLongest(3).cut(Side.START));
    assertThat(preprocessing.apply(List.of("a", "d c b a", "")))
        .isEqualTo(Tensor.of(new int[] {2, 0, 0, 4, 3, 2, 0, 0, 0}, 3, 3));
    assertThat(preprocessing.tokens("d c b a")).containsExactly(4, 3, 2);
    assertThat(preprocessing)
        .hasToString("TextPreprocessing[WordTokenizer[WORDS, 6 tokens], at most 3]");
  }

  @Test
  void marksAroundATextAreNeverCutOff() {
    var preprocessing = new TextPreprocessing(MARKING, Padding.to(4)).between("[CLS]", "[SEP]");
    assertThat(preprocessing.apply(List.of("a", "a b c")))
        .isEqualTo(Tensor.of(new int[] {2, 4, 3, 0, 2, 4, 5, 3}, 2, 4));
  }

  @Test
  void isReadBackFromItsSettings() {
    var preprocessing =
        new TextPreprocessing(MARKING, Padding.toLongest(8).fill(Side.START).token(6))
            .between("[CLS]", "[SEP]");
    var again =
        TextPreprocessing.of(Config.parse("preprocessing", preprocessing.config().toString()));
    assertThat(again.config()).isEqualTo(preprocessing.config());
    assertThat(again.padding()).isEqualTo(preprocessing.padding());
    assertThat(again.apply(List.of("a b", "c")))
        .isEqualTo(preprocessing.apply(List.of("a b", "c")));
    var plain = new TextPreprocessing(TOKENIZER, Padding.to(5));
    assertThat(TextPreprocessing.of(plain.config()).apply(List.of("a d")))
        .isEqualTo(plain.apply(List.of("a d")));
    assertThatThrownBy(() -> TextPreprocessing.of(Config.of("kind", "TextPreprocessing")))
        .isInstanceOf(FormatException.class);
  }

  @Test
  void saysWhatIsWrong() {
    var preprocessing = new TextPreprocessing(MARKING, Padding.to(2));
    assertThatThrownBy(() -> preprocessing.between("[CLS]", "[SEP]"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "textPreprocessing: a length of 2 leaves no token between [CLS] and [SEP]; give at"
                + " least 3");
    assertThatThrownBy(() -> preprocessing.between("[CLS]", "[END]"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("vocabulary: the token \"[END]\" is not among the 7");
    assertThatThrownBy(() -> preprocessing.dataset(List.of("a", "b"), Tensor.of(new int[] {1}, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("textDataset: there must be a label for each of 2 texts, got labels [1]");
  }
}
