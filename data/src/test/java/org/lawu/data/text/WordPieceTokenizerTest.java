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

class WordPieceTokenizerTest {
  /** The vocabulary of the tests of BERT's own tokenizer. */
  private static final List<String> TOKENS =
      List.of(
          "[UNK]", "[CLS]", "[SEP]", "want", "##want", "##ed", "wa", "un", "runn", "##ing", ",");

  @Test
  void givesTheTokensOfTheReferenceImplementation() throws IOException {
    Tokenizer tokenizer = TokenizerJson.read(ReferenceTokens.file("wordpiece-tokenizer.json"));
    for (ReferenceTokens each : ReferenceTokens.all()) {
      assertThat(tokenizer.encode(each.text())).as(each.text()).containsExactly(each.wordPieces());
    }
  }

  @Test
  void takesTheLongestPieceFirst() {
    Tokenizer tokenizer = new WordPieceTokenizer(Vocabulary.of(TOKENS), true);
    assertThat(tokenizer.tokenize("UNwantéd,running"))
        .containsExactly("un", "##want", "##ed", ",", "runn", "##ing");
    assertThat(tokenizer.encode("UNwantéd,running")).containsExactly(7, 4, 5, 10, 8, 9);
    assertThat(tokenizer.tokenize("unwantedX running")).containsExactly("[UNK]", "runn", "##ing");
    assertThat(tokenizer.tokenize(" \t")).isEmpty();
    assertThat(tokenizer.tokenize("[SEP]want")).containsExactly("[SEP]", "want");
  }

  @Test
  void aWordOfMoreThanAHundredCharactersIsUnknown() {
    Tokenizer tokenizer = new WordPieceTokenizer(Vocabulary.of(List.of("[UNK]", "a", "##a")), true);
    assertThat(tokenizer.encode("a".repeat(100))).hasSize(100);
    assertThat(tokenizer.encode("a".repeat(101))).containsExactly(0);
  }

  @Test
  void casedTextsKeepCaseAndAccents() {
    Tokenizer tokenizer =
        new WordPieceTokenizer(Vocabulary.of(List.of("[UNK]", "É", "E", "e")), false);
    assertThat(tokenizer.tokenize("É e")).containsExactly("É", "e");
  }

  @Test
  void decodingPutsPiecesTogether() {
    Tokenizer tokenizer = new WordPieceTokenizer(Vocabulary.of(TOKENS), true);
    assertThat(tokenizer.decode(1, 7, 4, 5, 10, 8, 9, 2)).isEqualTo("unwanted, running");
  }

  @Test
  void isReadFromAFileAndSavedInSettings(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("vocab.txt");
    Vocabulary.of(TOKENS).save(file);
    Tokenizer tokenizer = WordPieceTokenizer.load(file, true);
    assertThat(tokenizer.vocabulary()).isEqualTo(Vocabulary.of(TOKENS));
    Tokenizer again = Tokenizer.of(tokenizer.config());
    assertThat(again.config()).isEqualTo(tokenizer.config());
    assertThat(again.encode("Unwanted")).isEqualTo(tokenizer.encode("Unwanted"));
  }

  @Test
  void saysWhatIsWrong(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("vocab.txt"), "a\nb\n");
    assertThatThrownBy(() -> WordPieceTokenizer.load(file, true))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": no WordPiece vocabulary: [UNK] is missing");
    assertThatThrownBy(() -> new WordPieceTokenizer(Vocabulary.of(List.of("a")), true))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "wordPieceTokenizer: the vocabulary of 1 tokens must have the unknown token [UNK]");
  }
}
