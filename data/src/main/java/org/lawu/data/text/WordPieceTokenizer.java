package org.lawu.data.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.io.Config;

/**
 * BERT's tokenizer: words and punctuation characters, of which each is made of the longest pieces
 * that the vocabulary has, from left to right; a piece that does not begin a word is written with
 * {@code ##} in front. A word that cannot be made of pieces, or is longer than 100 characters, is
 * the unknown token. Schuster and Nakajima, "Japanese and Korean voice search" (ICASSP 2012);
 * Devlin et al., "BERT" (NAACL 2019).
 *
 * <pre>{@code
 * Tokenizer tokenizer = WordPieceTokenizer.load(Path.of("vocab.txt"), true);
 * tokenizer.tokenize("Unaffable!"); // [una, ##ffa, ##ble, !], as the vocabulary has it
 * }</pre>
 *
 * <p>The special tokens that the vocabulary has of {@code [PAD] [UNK] [CLS] [SEP] [MASK]} are found
 * in texts. They are not put around a text: {@link TextPreprocessing#between} does that. Decoding
 * leaves them out, puts a space between words, and none before {@code . , ! ?}.
 *
 * @see WordPieceTraining
 */
public final class WordPieceTokenizer implements Tokenizer {
  static final String KIND = "WordPieceTokenizer";
  static final String PREFIX = "##";
  static final int LONGEST_WORD = 100;

  /** BERT's special tokens. */
  static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  private final Vocabulary vocabulary;
  private final BertWords words;
  private final String unknown;
  private final String prefix;
  private final int longestWord;
  private final SpecialTokens special;

  /** As a file says. */
  WordPieceTokenizer(
      Vocabulary vocabulary,
      BertWords words,
      String unknown,
      String prefix,
      int longestWord,
      List<String> special) {
    if (!vocabulary.contains(unknown)) {
      throw new ArgumentException(
          "wordPieceTokenizer: the vocabulary of %d tokens must have the unknown token %s"
              .formatted(vocabulary.size(), unknown));
    }
    special.forEach(vocabulary::id);
    this.vocabulary = vocabulary;
    this.words = words;
    this.unknown = unknown;
    this.prefix = prefix;
    this.longestWord = longestWord;
    this.special = new SpecialTokens(special);
  }

  /**
   * With BERT's settings.
   *
   * @param vocabulary has the token {@code [UNK]}
   * @param lowerCase whether texts lose upper case and accents, as BERT's uncased models have it
   * @throws ArgumentException if the vocabulary has no {@code [UNK]}
   */
  public WordPieceTokenizer(Vocabulary vocabulary, boolean lowerCase) {
    this(
        vocabulary,
        BertWords.ofBert(lowerCase),
        SPECIAL.stream().filter(vocabulary::contains).toList());
  }

  /** With special tokens that all are in the vocabulary. */
  WordPieceTokenizer(Vocabulary vocabulary, BertWords words, List<String> special) {
    this(vocabulary, words, Vocabulary.UNKNOWN_TOKEN, PREFIX, LONGEST_WORD, special);
  }

  /**
   * Reads BERT's {@code vocab.txt}, a token a line.
   *
   * @param lowerCase whether texts lose upper case and accents, as BERT's uncased models have it
   * @throws FormatException if it is no vocabulary with {@code [UNK]}
   * @throws IOException if it cannot be read
   */
  public static WordPieceTokenizer load(Path file, boolean lowerCase) throws IOException {
    Vocabulary vocabulary = Vocabulary.load(file);
    if (!vocabulary.contains(Vocabulary.UNKNOWN_TOKEN)) {
      throw new FormatException(
          "%s: no WordPiece vocabulary: %s is missing".formatted(file, Vocabulary.UNKNOWN_TOKEN));
    }
    return new WordPieceTokenizer(vocabulary, lowerCase);
  }

  @Override
  public List<String> tokenize(String text) {
    return Arrays.stream(encode(text)).mapToObj(vocabulary::token).toList();
  }

  @Override
  public int[] encode(String text) {
    var tokens = new IntList();
    special.split(
        text,
        token -> tokens.add(vocabulary.id(token)),
        plain -> words.split(plain).forEach(word -> addPieces(word, tokens::add)));
    return tokens.toArray();
  }

  private void addPieces(String word, IntConsumer tokens) {
    int unknownId = vocabulary.id(unknown);
    if (word.codePointCount(0, word.length()) > longestWord) {
      tokens.accept(unknownId);
      return;
    }
    List<Integer> pieces = new ArrayList<>();
    int from = 0;
    while (from < word.length()) {
      int to = word.length();
      int piece = -1;
      while (to > from && piece < 0) {
        String text = word.substring(from, to);
        piece = vocabulary.id(from == 0 ? text : prefix + text, -1);
        if (piece < 0) {
          to = word.offsetByCodePoints(to, -1);
        }
      }
      if (piece < 0) {
        tokens.accept(unknownId);
        return;
      }
      pieces.add(piece);
      from = to;
    }
    pieces.forEach(tokens::accept);
  }

  @Override
  public String decode(int... tokens) {
    var text = new StringBuilder();
    for (int id : tokens) {
      String token = vocabulary.token(id);
      if (special.contains(token)) {
        continue;
      }
      boolean continues = token.startsWith(prefix) && token.length() > prefix.length();
      boolean close = continues || ".,!?".contains(token);
      if (!text.isEmpty() && !close) {
        text.append(' ');
      }
      text.append(continues && !text.isEmpty() ? token.substring(prefix.length()) : token);
    }
    return text.toString();
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public Config config() {
    return Config.of("kind", KIND)
        .with("cleanText", words.cleanText())
        .with("splitIdeographs", words.splitIdeographs())
        .with("stripAccents", words.stripAccents())
        .with("lowerCase", words.lowerCase())
        .with("unknown", unknown)
        .with("prefix", prefix)
        .with("longestWord", longestWord)
        .withStrings("special", special.tokens())
        .withStrings("vocabulary", vocabulary.tokens());
  }

  /**
   * The same again.
   *
   * @throws FormatException if it is not what {@link #config} gives
   */
  public static WordPieceTokenizer of(Config config) {
    try {
      return new WordPieceTokenizer(
          Vocabulary.of(config.strings("vocabulary")),
          new BertWords(
              config.truth("cleanText"),
              config.truth("splitIdeographs"),
              config.truth("stripAccents"),
              config.truth("lowerCase")),
          config.string("unknown"),
          config.string("prefix"),
          config.integer("longestWord"),
          config.strings("special"));
    } catch (ArgumentException fault) {
      throw new FormatException("settings: %s".formatted(fault.getMessage()));
    }
  }

  /** Such as {@code WordPieceTokenizer[30522 tokens]}. */
  @Override
  public String toString() {
    return "WordPieceTokenizer[%d tokens]".formatted(vocabulary.size());
  }
}
