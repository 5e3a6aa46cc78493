package org.lawu.data.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lawu.error.ArgumentException;

/**
 * How a {@link WordPieceTokenizer} is learnt from texts: beginning with the characters, the pair of
 * neighbouring pieces that is most frequent within words becomes a piece, again and again; of
 * equally frequent pairs that of smaller numbers. So the same texts always give the same tokenizer.
 *
 * <pre>{@code
 * WordPieceTokenizer tokenizer = new WordPieceTraining(8000).fit(texts);
 * tokenizer.vocabulary().save(Path.of("vocab.txt")); // WordPieceTokenizer.load reads it
 * }</pre>
 *
 * <p>Schuster and Nakajima, "Japanese and Korean voice search" (ICASSP 2012), join the pair that
 * makes the texts most likely. BERT's own training was never published; like Hugging Face's, this
 * one takes the most frequent pair instead.
 *
 * <p>The vocabulary is the special tokens; the characters in the order of their numbers, and those
 * that do not begin a word once more with {@code ##} in front; and then the pieces in the order in
 * which they were found. Words that the tokenizer would not divide are left out: those of more than
 * 100 characters, and those with a character that is not kept.
 *
 * @param vocabularySize the number of tokens, special ones and characters included; fewer where
 *     there are no more pairs
 * @param minimumCount how often the texts must have a pair; 2 by default
 * @param maximumAlphabet how many characters are kept, the most frequent; 1000 by default
 * @param lowerCase whether texts lose upper case and accents first; true by default
 * @param special tokens that are found in texts as they are, numbered from 0; {@code [PAD] [UNK]
 *     [CLS] [SEP] [MASK]} by default
 */
public record WordPieceTraining(
    int vocabularySize,
    int minimumCount,
    int maximumAlphabet,
    boolean lowerCase,
    List<String> special) {
  private static final String NAME = "wordPieceTraining";
  private static final String PREFIX = WordPieceTokenizer.PREFIX;

  /**
   * Checks the numbers.
   *
   * @throws ArgumentException if the size leaves no place for more than the special tokens, a
   *     number is below 1, or the special tokens are without {@code [UNK]}, or one of them has
   *     fewer than two characters or comes twice
   */
  public WordPieceTraining {
    special = List.copyOf(special);
    LearntTokens.require(NAME, minimumCount, special);
    if (vocabularySize <= special.size()) {
      throw new ArgumentException(
          "%s: a vocabulary of %d has no place for more than %d special tokens"
              .formatted(NAME, vocabularySize, special.size()));
    }
    if (maximumAlphabet < 1) {
      throw new ArgumentException(
          "%s: at least 1 character must be kept, got %d".formatted(NAME, maximumAlphabet));
    }
    if (!special.contains(Vocabulary.UNKNOWN_TOKEN)) {
      throw new ArgumentException(
          "%s: %s must be among the special tokens %s, as it stands for words that have no pieces"
              .formatted(NAME, Vocabulary.UNKNOWN_TOKEN, special));
    }
  }

  /** For a vocabulary of a size, of pairs that come twice or more, with BERT's special tokens. */
  public WordPieceTraining(int vocabularySize) {
    this(vocabularySize, 2, 1000, true, WordPieceTokenizer.SPECIAL);
  }

  /** The same without pairs that are rarer. */
  public WordPieceTraining minimumCount(int count) {
    return new WordPieceTraining(vocabularySize, count, maximumAlphabet, lowerCase, special);
  }

  /** The same with so many characters at most. */
  public WordPieceTraining maximumAlphabet(int characters) {
    return new WordPieceTraining(vocabularySize, minimumCount, characters, lowerCase, special);
  }

  /** The same with or without upper case and accents. */
  public WordPieceTraining lowerCase(boolean newLowerCase) {
    return new WordPieceTraining(
        vocabularySize, minimumCount, maximumAlphabet, newLowerCase, special);
  }

  /** The same with special tokens in the place of BERT's; {@code [UNK]} must be among them. */
  public WordPieceTraining special(String... tokens) {
    return new WordPieceTraining(
        vocabularySize, minimumCount, maximumAlphabet, lowerCase, List.of(tokens));
  }

  /**
   * Learns the pieces of texts.
   *
   * @throws ArgumentException if the texts have no word, or more characters than the vocabulary has
   *     place for
   */
  public WordPieceTokenizer fit(Iterable<String> texts) {
    BertWords cut = BertWords.ofBert(lowerCase);
    Map<String, Long> words = count(texts, cut);
    NavigableSet<Integer> alphabet = alphabet(words);
    words.keySet().removeIf(word -> !word.codePoints().allMatch(alphabet::contains));
    NavigableSet<Integer> within = new TreeSet<>();
    words.keySet().forEach(word -> word.codePoints().skip(1).forEach(within::add));
    List<String> tokens = new ArrayList<>(special);
    alphabet.forEach(character -> tokens.add(Character.toString(character)));
    within.forEach(character -> tokens.add(PREFIX + Character.toString(character)));
    if (tokens.size() > vocabularySize) {
      throw new ArgumentException(
          ("%s: a vocabulary of %d is too small for %d special tokens, %d characters, and %d that"
                  + " do not begin a word; make it larger or maximumAlphabet smaller")
              .formatted(NAME, vocabularySize, special.size(), alphabet.size(), within.size()));
    }
    var learnt = new LearntTokens(tokens);
    words.forEach((word, count) -> learnt.add(pieces(word), count));
    learnt.merge(
        vocabularySize, minimumCount, (left, right) -> left + right.substring(PREFIX.length()));
    return new WordPieceTokenizer(learnt.vocabulary(), cut, special);
  }

  private Map<String, Long> count(Iterable<String> texts, BertWords cut) {
    Map<String, Long> words =
        LearntTokens.count(texts, special, (plain, word) -> cut.split(plain).forEach(word));
    words
        .keySet()
        .removeIf(word -> word.codePointCount(0, word.length()) > WordPieceTokenizer.LONGEST_WORD);
    if (words.isEmpty()) {
      throw new ArgumentException(NAME + ": the texts have no word to learn from");
    }
    return words;
  }

  /** The most frequent characters; of equally frequent ones those of smaller numbers. */
  private NavigableSet<Integer> alphabet(Map<String, Long> words) {
    Map<Integer, Long> characters = new TreeMap<>();
    words.forEach((word, count) ->
        word.codePoints().forEach(character -> characters.merge(character, count, Long::sum)));
    return characters.entrySet().stream()
        // Sorting is stable, and a tree map is in the order of the characters.
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(maximumAlphabet)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> pieces(String word) {
    List<String> pieces = new ArrayList<>();
    word.codePoints()
        .mapToObj(Character::toString)
        .forEach(character -> pieces.add(pieces.isEmpty() ? character : PREFIX + character));
    return pieces;
  }
}
