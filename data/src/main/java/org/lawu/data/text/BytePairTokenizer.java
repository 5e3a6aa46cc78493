package org.lawu.data.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.internal.json.JsonReader;
import org.lawu.internal.json.JsonValue;
import org.lawu.internal.json.JsonValue.JsonNumber;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.io.AtomicFile;
import org.lawu.io.Config;

/**
 * GPT-2's tokenizer: the bytes of words, of which neighbours are merged in the order in which
 * training found them frequent. Every text can be encoded, and decoding gives it back exactly, but
 * for halves of surrogate pairs, which are no characters. Radford et al., "Language models are
 * unsupervised multitask learners" (2019).
 *
 * <pre>{@code
 * Tokenizer gpt2 = BytePairTokenizer.load(Path.of("vocab.json"), Path.of("merges.txt"));
 * gpt2.tokenize("Hello world"); // [Hello, Ġworld], in which Ġ is the space
 * gpt2.decode(gpt2.encode("Hello world")); // "Hello world"
 * }</pre>
 *
 * <p>Special tokens such as {@code <|endoftext|>} are found in texts as they are.
 *
 * @see BytePairTraining
 */
public final class BytePairTokenizer implements Tokenizer {
  static final String KIND = "BytePairTokenizer";

  /** GPT-2's only special token. */
  static final String END_OF_TEXT = "<|endoftext|>";

  /** Words that are remembered, so that frequent ones are merged once; longer ones are rare. */
  private static final int REMEMBERED = 1 << 16;

  private static final int LONGEST_REMEMBERED = 32;

  private final Vocabulary vocabulary;
  private final Merges merges;
  private final boolean spaceBefore;
  private final SpecialTokens special;
  private final int[] byteTokens = new int[256];
  private final Map<String, int[]> remembered = new ConcurrentHashMap<>();

  /**
   * From parts.
   *
   * @param spaceBefore whether a space is put before a text that begins with none
   * @throws FormatException if a byte or a part of a merge is not in the vocabulary
   */
  BytePairTokenizer(
      Vocabulary vocabulary, List<Merges.Pair> merges, boolean spaceBefore, List<String> special) {
    this.vocabulary = vocabulary;
    this.merges = new Merges(merges, vocabulary);
    this.spaceBefore = spaceBefore;
    special.forEach(vocabulary::id);
    this.special = new SpecialTokens(special);
    for (int value = 0; value < byteTokens.length; value++) {
      String token = Character.toString(ByteCharacters.of(value));
      byteTokens[value] = vocabulary.id(token, -1);
      if (byteTokens[value] < 0) {
        throw new FormatException(
            "bytePairTokenizer: the vocabulary has no token \"%s\" for byte %d; a byte-level one has"
                    .formatted(token, value)
                + " all 256");
      }
    }
  }

  /**
   * Reads GPT-2's two files. {@value #END_OF_TEXT} is a special token if the vocabulary has it.
   *
   * @param vocabularyFile {@code vocab.json} or {@code encoder.json}: the number of each token
   * @param mergesFile {@code merges.txt} or {@code vocab.bpe}: two tokens a line, after an optional
   *     line {@code #version}
   * @throws FormatException if they are something else; the message tells file and place
   * @throws IOException if they cannot be read
   */
  public static BytePairTokenizer load(Path vocabularyFile, Path mergesFile) throws IOException {
    JsonValue json = JsonReader.read(vocabularyFile.toString(), TextFiles.text(vocabularyFile));
    if (!(json instanceof JsonObject tokens)) {
      throw new FormatException(
          "%s: the vocabulary must be an object of tokens and their numbers, not %s"
              .formatted(vocabularyFile, json.kind()));
    }
    Vocabulary vocabulary = vocabulary(vocabularyFile.toString(), tokens, Map.of());
    List<Merges.Pair> pairs = new ArrayList<>();
    List<String> lines = TextFiles.lines(mergesFile);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isEmpty() || (i == 0 && line.startsWith("#version"))) {
        continue;
      }
      try {
        pairs.add(Merges.Pair.parse(line));
      } catch (FormatException fault) {
        throw new FormatException(
            "%s, line %d: %s".formatted(mergesFile, i + 1, fault.getMessage()));
      }
    }
    try {
      return new BytePairTokenizer(
          vocabulary,
          pairs,
          false,
          vocabulary.contains(END_OF_TEXT) ? List.of(END_OF_TEXT) : List.of());
    } catch (FormatException fault) {
      throw new FormatException("%s: %s".formatted(mergesFile, fault.getMessage()));
    }
  }

  /**
   * The tokens of a JSON object of tokens and numbers, and others, which must have the numbers from
   * 0 on, each once.
   */
  static Vocabulary vocabulary(String source, JsonObject tokens, Map<String, Integer> others) {
    Map<String, Integer> ids = new LinkedHashMap<>(others);
    tokens
        .members()
        .forEach((token, value) -> {
          if (!(value instanceof JsonNumber number && number.isInt())) {
            throw new FormatException(
                "%s: the number of token \"%s\" must be a whole number, not %s"
                    .formatted(source, token, value.kind()));
          }
          ids.put(token, (int) number.toLong());
        });
    String[] byNumber = new String[ids.size()];
    ids.forEach((token, id) -> {
      if (id < 0 || id >= byNumber.length || byNumber[id] != null) {
        throw new FormatException(
            "%s: the %d tokens must have the numbers from 0 on, each once; token \"%s\" has %d"
                .formatted(source, byNumber.length, token, id));
      }
      byNumber[id] = token;
    });
    if (byNumber.length == 0) {
      throw new FormatException("%s: the vocabulary is empty".formatted(source));
    }
    return Vocabulary.of(Arrays.asList(byNumber));
  }

  /**
   * Writes {@code vocab.json} and {@code merges.txt} into a folder, which is made if need be;
   * {@link #load} and other libraries read them.
   *
   * @throws IOException if they cannot be written
   */
  public void save(Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<String, JsonValue> ids = new LinkedHashMap<>();
    for (int i = 0; i < vocabulary.size(); i++) {
      ids.put(vocabulary.token(i), JsonNumber.of(i));
    }
    write(folder.resolve("vocab.json"), new JsonObject(ids).toString());
    var lines = new StringBuilder("#version: 0.2\n");
    merges.pairs().forEach(pair -> lines.append(pair).append('\n'));
    write(folder.resolve("merges.txt"), lines.toString());
  }

  private static void write(Path file, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    AtomicFile.write(file, channel -> TextFiles.write(channel, bytes));
  }

  @Override
  public List<String> tokenize(String text) {
    return Arrays.stream(encode(text)).mapToObj(vocabulary::token).toList();
  }

  @Override
  public int[] encode(String text) {
    var tokens = new IntList();
    Consumer<String> words = word -> tokens.addAll(merged(word));
    special.split(
        text,
        token -> tokens.add(vocabulary.id(token)),
        plain -> BytePairWords.split(spaced(plain), words));
    return tokens.toArray();
  }

  private String spaced(String text) {
    return spaceBefore && !text.startsWith(" ") ? " " + text : text;
  }

  private int[] merged(String word) {
    int[] known = remembered.get(word);
    if (known != null) {
      return known;
    }
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    int[] tokens = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      tokens[i] = byteTokens[Byte.toUnsignedInt(bytes[i])];
    }
    int[] merged = merges.apply(tokens);
    if (word.length() <= LONGEST_REMEMBERED && remembered.size() < REMEMBERED) {
      remembered.put(word, merged);
    }
    return merged;
  }

  /** The text of tokens; bytes that are no UTF-8 become the replacement character U+FFFD. */
  @Override
  public String decode(int... tokens) {
    var bytes = new ByteArrayOutputStream();
    for (int id : tokens) {
      String token = vocabulary.token(id);
      if (special.contains(token)) {
        bytes.writeBytes(token.getBytes(StandardCharsets.UTF_8));
      } else {
        ByteCharacters.write(token, bytes);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public Config config() {
    return Config.of("kind", KIND)
        .with("spaceBefore", spaceBefore)
        .withStrings("special", special.tokens())
        .withStrings("vocabulary", vocabulary.tokens())
        .withStrings("merges", merges.pairs().stream().map(Merges.Pair::toString).toList());
  }

  /**
   * The same again.
   *
   * @throws FormatException if it is not what {@link #config} gives
   */
  public static BytePairTokenizer of(Config config) {
    try {
      return new BytePairTokenizer(
          Vocabulary.of(config.strings("vocabulary")),
          config.strings("merges").stream().map(Merges.Pair::parse).toList(),
          config.truth("spaceBefore"),
          config.strings("special"));
    } catch (ArgumentException fault) {
      throw new FormatException("settings: %s".formatted(fault.getMessage()));
    }
  }

  /** Such as {@code BytePairTokenizer[50257 tokens]}. */
  @Override
  public String toString() {
    return "BytePairTokenizer[%d tokens]".formatted(vocabulary.size());
  }
}
