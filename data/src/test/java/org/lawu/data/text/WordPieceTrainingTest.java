package org.lawu.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.ArgumentException;

class WordPieceTrainingTest {
  private static final List<String> TEXTS = List.of("Sun sun sün!", "suns run run", "fun");

  /** Special tokens, characters, and characters within words. */
  private static final List<String> START =
      List.of(
          "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "!", "f", "n", "r", "s", "u", "##n", "##s",
          "##u");

  @Test
  void theMostFrequentPairBecomesAPieceAgainAndAgain() {
    WordPieceTokenizer tokenizer = new WordPieceTraining(100).fit(TEXTS);
    List<String> tokens = tokenizer.vocabulary().tokens();
    assertThat(tokens.subList(0, START.size())).isEqualTo(START);
    // u and n are neighbours 7 times; then s and ##un 4 times, and r and ##un twice.
    assertThat(tokens.subList(START.size(), tokens.size())).containsExactly("##un", "sun", "run");
    assertThat(tokenizer.tokenize("SUNS, run[SEP]funs"))
        .containsExactly("sun", "##s", "[UNK]", "run", "[SEP]", "f", "##un", "##s");
    assertThat(tokenizer.decode(tokenizer.encode("suns run!"))).isEqualTo("suns run!");
  }

  @Test
  void ofEquallyFrequentPairsTheSmallerNumbersComeFirst() {
    List<String> tokens =
        new WordPieceTraining(100).minimumCount(1).fit(TEXTS).vocabulary().tokens();
    // Both come once: f with ##un is 6 with 14, and sun with ##s is 15 with 12.
    assertThat(tokens.subList(17, tokens.size())).containsExactly("fun", "suns");
    assertThat(new WordPieceTraining(18).minimumCount(1).fit(TEXTS).vocabulary().tokens())
        .isEqualTo(tokens.subList(0, 18));
    assertThat(new WordPieceTraining(100).minimumCount(1).fit(TEXTS.reversed()).config())
        .isEqualTo(new WordPieceTraining(100).minimumCount(1).fit(TEXTS).config());
  }

  @Test
  void casedTextsKeepCaseAndAccents() {
    WordPieceTokenizer tokenizer = new WordPieceTraining(100).lowerCase(false).fit(TEXTS);
    assertThat(tokenizer.vocabulary().tokens()).contains("S", "ü", "##ü").doesNotContain("##S");
    assertThat(tokenizer.tokenize("Sun sün")).containsExactly("S", "##un", "s", "##ü", "##n");
  }

  @Test
  void wordsWithARareCharacterOrWithoutEndAreLeftOut() {
    List<String> texts = List.of("aab aab aaz 𝒳 " + "a".repeat(101));
    // a comes 6 times, b and 𝒳 and z fewer; of b and the other two b comes oftener.
    WordPieceTokenizer tokenizer = new WordPieceTraining(100).maximumAlphabet(2).fit(texts);
    List<String> tokens = tokenizer.vocabulary().tokens();
    assertThat(tokens.subList(5, tokens.size()))
        .containsExactly("a", "b", "##a", "##b", "aa", "aab");
    assertThat(tokenizer.tokenize("aab aaz 𝒳")).containsExactly("aab", "[UNK]", "[UNK]");
    assertThat(new WordPieceTraining(100).fit(texts).tokenize("𝒳")).containsExactly("𝒳");
  }

  @Test
  void specialTokensAreNoWords() {
    WordPieceTokenizer tokenizer =
        new WordPieceTraining(100).special("[UNK]", "<end>").fit(List.of("go<end>go<end>"));
    assertThat(tokenizer.vocabulary().tokens())
        .containsExactly("[UNK]", "<end>", "g", "o", "##o", "go");
    assertThat(tokenizer.tokenize("Go<end>")).containsExactly("go", "<end>");
    assertThat(Tokenizer.of(tokenizer.config()).encode("Go<end>")).containsExactly(5, 1);
  }

  @Test
  void isSavedAsBertsVocabulary(@TempDir Path folder) throws IOException {
    WordPieceTokenizer tokenizer = new WordPieceTraining(100).fit(TEXTS);
    Path file = folder.resolve("vocab.txt");
    tokenizer.vocabulary().save(file);
    assertThat(WordPieceTokenizer.load(file, true).config()).isEqualTo(tokenizer.config());
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> new WordPieceTraining(5))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "wordPieceTraining: a vocabulary of 5 has no place for more than 5 special tokens");
    var training = new WordPieceTraining(13);
    assertThatThrownBy(() -> training.minimumCount(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("wordPieceTraining: the minimum count must be at least 1, got 0");
    assertThatThrownBy(() -> training.maximumAlphabet(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("wordPieceTraining: at least 1 character must be kept, got 0");
    assertThatThrownBy(() -> training.special("[CLS]"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "wordPieceTraining: [UNK] must be among the special tokens [[CLS]], as it stands for"
                + " words that have no pieces");
    assertThatThrownBy(() -> training.special("[UNK]", "#"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "wordPieceTraining: special tokens must have two characters or more and differ, got"
                + " [[UNK], #]");
    assertThatThrownBy(() -> training.fit(TEXTS))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "wordPieceTraining: a vocabulary of 13 is too small for 5 special tokens, 6"
                + " characters, and 3 that do not begin a word; make it larger or maximumAlphabet"
                + " smaller");
    for (List<String> nothing : List.of(List.<String>of(), List.of("", " [PAD] "))) {
      assertThatThrownBy(() -> training.fit(nothing))
          .isInstanceOf(ArgumentException.class)
          .hasMessage("wordPieceTraining: the texts have no word to learn from");
    }
  }
}
