package org.lawu.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.error.IndexException;
import org.lawu.io.Config;

class WordTokenizerTest {
  private static final List<String> TEXTS = List.of("b a c", "A b, b!", "d c");

  @Test
  void numbersWordsByFallingFrequencyAndEqualOnesByName() {
    WordTokenizer tokenizer = WordTokenization.words().fit(TEXTS);
    assertThat(tokenizer.vocabulary().tokens())
        .containsExactly("[PAD]", "[UNK]", "b", "a", "c", "d");
    assertThat(tokenizer.encode("A new b.")).containsExactly(3, 1, 2);
    assertThat(tokenizer.tokenize("A new b.")).containsExactly("a", "[UNK]", "b");
    assertThat(tokenizer.encode("")).isEmpty();
    assertThat(tokenizer.decode(3, 1, 2, 0, 0)).isEqualTo("a [UNK] b");
  }

  @Test
  void cutsTheVocabularyByFrequencyAndSize() {
    assertThat(WordTokenization.words().minimumCount(2).fit(TEXTS).vocabulary().tokens())
        .containsExactly("[PAD]", "[UNK]", "b", "a", "c");
    assertThat(WordTokenization.words().maximumSize(4).fit(TEXTS).vocabulary().tokens())
        .containsExactly("[PAD]", "[UNK]", "b", "a");
  }

  @Test
  void charactersComeBackAsTheyWere() {
    WordTokenizer tokenizer = WordTokenization.characters().fit(List.of("Hello 😀!"));
    assertThat(tokenizer.decode(tokenizer.encode("Hello 😀!"))).isEqualTo("Hello 😀!");
  }

  /** What is written in a text must not be taken for what fills up. */
  @Test
  void aTextCannotHoldThePadding() {
    WordTokenizer tokenizer =
        WordTokenization.words()
            .normalization(Normalization.none())
            .splitting(Splitting.WHITESPACE)
            .fit(List.of("[PAD] a [PAD]"));
    assertThat(tokenizer.vocabulary().tokens()).containsExactly("[PAD]", "[UNK]", "a");
    assertThat(tokenizer.encode("[PAD] a")).containsExactly(1, 2);
  }

  @Test
  void isReadBackFromItsSettings() {
    WordTokenizer tokenizer = WordTokenization.words().fit(TEXTS);
    Tokenizer again = Tokenizer.of(Config.parse("tokenizer", tokenizer.config().toString()));
    assertThat(again.encode("a b c d e")).isEqualTo(tokenizer.encode("a b c d e"));
    assertThat(again.config()).isEqualTo(tokenizer.config());
    assertThatThrownBy(() -> Tokenizer.of(Config.of("kind", "Abacus")))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "tokenizer: the kind \"Abacus\" is unknown; there are [WordTokenizer,"
                + " WordPieceTokenizer, BytePairTokenizer]");
  }

  @Test
  void aVocabularyIsAFileOfATokenALine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("vocab.txt");
    Vocabulary vocabulary = WordTokenization.words().fit(TEXTS).vocabulary();
    vocabulary.save(file);
    assertThat(file).hasContent("[PAD]\n[UNK]\nb\na\nc\nd\n");
    assertThat(Vocabulary.load(file)).isEqualTo(vocabulary).hasToString("Vocabulary[6 tokens]");
    Files.writeString(file, "a\r\nb\r\na\r\n");
    assertThatThrownBy(() -> Vocabulary.load(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file + ": vocabulary: the token \"a\" comes twice, as 0 and 2; tokens must differ");
    Files.writeString(file, "");
    assertThatThrownBy(() -> Vocabulary.load(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": the vocabulary is empty; a token a line expected");
    assertThatThrownBy(() -> Vocabulary.of(List.of("a\nb")).save(file))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("vocabulary: token 0 has a line break; keep it as Config instead");
  }

  @Test
  void saysWhatIsWrong() {
    Vocabulary vocabulary = Vocabulary.of(List.of("a", "b"));
    assertThatThrownBy(() -> vocabulary.id("c"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("vocabulary: the token \"c\" is not among the 2");
    assertThatThrownBy(() -> vocabulary.token(2))
        .isInstanceOf(IndexException.class)
        .hasMessage("vocabulary: there is no token 2; there are 2, counted from 0");
    assertThatThrownBy(() -> new WordTokenizer(Normalization.none(), Splitting.WORDS, vocabulary))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("wordTokenizer: the vocabulary must begin with [PAD] and [UNK], got [a, b]");
    assertThatThrownBy(() -> WordTokenization.words().maximumSize(2))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "wordTokenization: the maximum size must be at least 3, with padding and unknown; got"
                + " 2");
    assertThatThrownBy(() -> WordTokenization.words().minimumCount(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("wordTokenization: the minimum count must be at least 1, got 0");
  }
}
