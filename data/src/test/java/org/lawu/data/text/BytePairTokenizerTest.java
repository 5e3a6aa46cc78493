package org.lawu.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.FormatException;
import org.lawu.error.IndexException;
import org.lawu.random.Philox;

class BytePairTokenizerTest {
  private static final Tokenizer REFERENCE = reference();

  private static Tokenizer reference() {
    try {
      return TokenizerJson.read(ReferenceTokens.file("bpe-tokenizer.json"));
    } catch (IOException fault) {
      throw new IllegalStateException(fault);
    }
  }

  @Test
  void givesTheTokensOfTheReferenceImplementation() throws IOException {
    for (ReferenceTokens each : ReferenceTokens.all()) {
      assertThat(REFERENCE.encode(each.text())).as(each.text()).containsExactly(each.bytePairs());
    }
  }

  /** Every text comes back, whatever characters it has. */
  @Test
  void decodingGivesBackRandomTexts() {
    var random = new Philox(11);
    int[][] ranges = {
      {0, 0x7F},
      {0x80, 0x24F},
      {0x300, 0x36F},
      {0x400, 0x4FF},
      {0x600, 0x6FF},
      {0x2000, 0x206F},
      {0x4E00, 0x4FFF},
      {0x1F300, 0x1FAFF},
      {0xE000, 0xE0FF},
      {0x10FFF0, 0x10FFFF},
      {0x20, 0x20}
    };
    for (int i = 0; i < 2000; i++) {
      var text = new StringBuilder();
      int length = random.nextInt(40);
      for (int j = 0; j < length; j++) {
        int[] range = ranges[random.nextInt(ranges.length)];
        text.appendCodePoint(range[0] + random.nextInt(range[1] - range[0] + 1));
      }
      assertThat(REFERENCE.decode(REFERENCE.encode(text.toString()))).isEqualTo(text.toString());
    }
  }

  @Test
  void mergesTheEarliestPairFirst() {
    // a b c d and the merges "b c" before "a b" before "a bc".
    BytePairTokenizer tokenizer = tokenizer("b c", "a b", "a bc", "abc abc");
    assertThat(tokenizer.tokenize("abcd")).containsExactly("abc", "d");
    assertThat(tokenizer.tokenize("abab")).containsExactly("ab", "ab");
    assertThat(tokenizer.tokenize("abcabcabc")).containsExactly("abcabc", "abc");
    assertThat(tokenizer.tokenize("")).isEmpty();
    assertThat(tokenizer.tokenize(" a")).containsExactly("Ġ", "a");
  }

  @Test
  void mergesFromTheLeftWherePairsOverlap() {
    assertThat(tokenizer("a a").tokenize("aaaaa")).containsExactly("aa", "aa", "a");
  }

  @Test
  void aLongWordTakesNoMoreThanItsShare() {
    String word = "ab".repeat(200_000);
    assertThat(tokenizer("a b", "ab ab").encode(word)).hasSize(100_000);
  }

  private static BytePairTokenizer tokenizer(String... merges) {
    List<String> tokens = new ArrayList<>();
    for (char character : ByteCharacters.all()) {
      tokens.add(Character.toString(character));
    }
    List<Merges.Pair> pairs = new ArrayList<>();
    for (String merge : merges) {
      pairs.add(Merges.Pair.parse(merge));
      tokens.add(merge.replace(" ", ""));
    }
    return new BytePairTokenizer(Vocabulary.of(tokens), pairs, false, List.of());
  }

  @Test
  void aSpecialTokenIsFoundAsItIs() {
    int[] tokens = REFERENCE.encode("a<|endoftext|>b");
    assertThat(tokens).hasSize(3).contains(REFERENCE.vocabulary().id("<|endoftext|>"));
    assertThat(REFERENCE.decode(tokens)).isEqualTo("a<|endoftext|>b");
  }

  @Test
  void isSavedInTwoFilesAndInSettings(@TempDir Path folder) throws IOException {
    var tokenizer = (BytePairTokenizer) REFERENCE;
    tokenizer.save(folder.resolve("new"));
    Tokenizer loaded =
        BytePairTokenizer.load(
            folder.resolve("new").resolve("vocab.json"),
            folder.resolve("new").resolve("merges.txt"));
    String text = "The gradient <|endoftext|> of naïve 😀";
    assertThat(loaded.encode(text)).isEqualTo(REFERENCE.encode(text));
    assertThat(loaded.config()).isEqualTo(REFERENCE.config());
    assertThat(Tokenizer.of(REFERENCE.config()).encode(text)).isEqualTo(REFERENCE.encode(text));
  }

  @Test
  void trainingMergesTheMostFrequentPairAndOfEqualOnesThatOfSmallerNumbers() {
    List<String> texts = List.of("low low low lower", "newest newest", "<s>xyxyxy");
    BytePairTokenizer tokenizer = new BytePairTraining(262).special("<s>").fit(texts);
    // lo and ow come 4 times, and l has a smaller number; then low 4, xy and Ġlow 3 times each.
    assertThat(tokenizer.vocabulary().tokens().subList(257, 262))
        .containsExactly("lo", "low", "xy", "Ġlow", "es");
    assertThat(tokenizer.vocabulary().id("<s>")).isZero();
    assertThat(tokenizer.tokenize("lowest<s>")).containsExactly("low", "es", "t", "<s>");
  }

  @Test
  void trainingStopsWhereNoPairIsFrequentEnough() {
    assertThat(new BytePairTraining(1000).fit(List.of("ab ab cd")).vocabulary().size())
        .isEqualTo(257);
    assertThat(new BytePairTraining(1000).minimumCount(1).fit(List.of("ab cd")).vocabulary().size())
        .isEqualTo(259);
  }

  @Test
  void saysWhatIsWrong(@TempDir Path folder) throws IOException {
    Path vocabulary = Files.writeString(folder.resolve("vocab.json"), "{\"a\":0,\"b\":2}");
    Path merges = Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\na b\nab\n");
    assertThatThrownBy(() -> BytePairTokenizer.load(vocabulary, merges))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            vocabulary
                + ": the 2 tokens must have the numbers from 0 on, each once; token \"b\" has 2");
    Files.writeString(vocabulary, "{\"a\":0,\"b\":1}");
    assertThatThrownBy(() -> BytePairTokenizer.load(vocabulary, merges))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            merges + ", line 3: a merge must be two tokens with a space between them, got \"ab\"");
    Files.writeString(merges, "a b\n");
    assertThatThrownBy(() -> BytePairTokenizer.load(vocabulary, merges))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            merges + ": the merge \"a b\" needs the token \"ab\", which the vocabulary has not");
    Files.writeString(merges, "");
    assertThatThrownBy(() -> BytePairTokenizer.load(vocabulary, merges))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            merges
                + ": bytePairTokenizer: the vocabulary has no token \"Ā\" for byte 0; a byte-level one"
                + " has all 256");
    assertThatThrownBy(() -> REFERENCE.decode(700))
        .isInstanceOf(IndexException.class)
        .hasMessage("vocabulary: there is no token 700; there are 700, counted from 0");
    assertThatThrownBy(() -> new BytePairTraining(999).special("<s>", "<s>"))
        .hasMessage(
            "bytePairTraining: special tokens must have two characters or more and differ, got"
                + " [<s>, <s>]");
    assertThatThrownBy(() -> new BytePairTraining(255))
        .hasMessage(
            "bytePairTraining: a vocabulary of 255 is too small for 256 bytes and 0 special tokens");
  }
}
