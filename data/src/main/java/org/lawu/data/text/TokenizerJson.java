package org.lawu.data.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.internal.json.JsonReader;
import org.lawu.internal.json.JsonValue;
import org.lawu.internal.json.JsonValue.JsonArray;
import org.lawu.internal.json.JsonValue.JsonBoolean;
import org.lawu.internal.json.JsonValue.JsonNull;
import org.lawu.internal.json.JsonValue.JsonNumber;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.internal.json.JsonValue.JsonString;

/**
 * Reads {@code tokenizer.json}, the file in which Hugging Face's libraries keep a tokenizer, for
 * models of two families: byte-level BPE as GPT-2 has it, and WordPiece as BERT has it.
 *
 * <pre>{@code
 * Tokenizer tokenizer = TokenizerJson.read(Path.of("tokenizer.json"));
 * }</pre>
 *
 * <p>What the file says about tokens around a text, padding and truncation is not taken over;
 * {@link TextPreprocessing} is for that. Everything else that would change the numbers of tokens
 * and is not known is refused by name.
 */
public final class TokenizerJson {
  private static final List<String> POST_PROCESSORS =
      List.of("BertProcessing", "ByteLevel", "RobertaProcessing", "TemplateProcessing");

  private final String source;
  private final JsonObject file;

  private TokenizerJson(String source, JsonObject file) {
    this.source = source;
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws FormatException if it is no such file, or has a part that is not known; the message
   *     names it
   * @throws IOException if it cannot be read
   */
  public static Tokenizer read(Path path) throws IOException {
    String source = path.toString();
    if (!(JsonReader.read(source, TextFiles.text(path)) instanceof JsonObject file)) {
      throw new FormatException("%s: a JSON object expected".formatted(source));
    }
    try {
      return new TokenizerJson(source, file).tokenizer();
    } catch (FormatException | ArgumentException fault) {
      String message = String.valueOf(fault.getMessage());
      throw message.startsWith(source)
          ? fault
          : new FormatException("%s: %s".formatted(source, message));
    }
  }

  private Tokenizer tokenizer() {
    JsonObject model = file.object("model");
    String postProcessor = type(part("post_processor"));
    if (!postProcessor.isEmpty() && !POST_PROCESSORS.contains(postProcessor)) {
      throw unknown("post_processor", postProcessor, POST_PROCESSORS.toString());
    }
    return switch (model.string("type")) {
      case "BPE" -> bytePair(model);
      case "WordPiece" -> wordPiece(model);
      default -> throw unknown("model", model.string("type"), "[BPE, WordPiece]");
    };
  }

  // ---- byte-level BPE

  private Tokenizer bytePair(JsonObject model) {
    if (part("normalizer") != null) {
      throw unknown("normalizer", type(part("normalizer")), "none for BPE");
    }
    JsonObject words = required("pre_tokenizer", "ByteLevel");
    if (words.has("use_regex") && !words.truth("use_regex")) {
      throw unknown("pre_tokenizer ByteLevel with use_regex", "false", "true");
    }
    required("decoder", "ByteLevel");
    for (String name : List.of("dropout", "continuing_subword_prefix", "end_of_word_suffix")) {
      requireAbsent(model, name);
    }
    for (String name : List.of("byte_fallback", "ignore_merges")) {
      if (model.has(name) && model.truth(name)) {
        throw unknown("model BPE with " + name, "true", "false");
      }
    }
    List<Merges.Pair> merges = new ArrayList<>();
    if (!(model.get("merges") instanceof JsonArray list)) {
      throw new FormatException("the merges must be an array, not " + model.get("merges").kind());
    }
    list.elements().forEach(element -> merges.add(pair(element)));
    return new BytePairTokenizer(
        vocabulary(model, false),
        merges,
        words.truth("add_prefix_space"),
        special().keySet().stream().toList());
  }

  /** Of {@code "a b"} or, in newer files, {@code ["a", "b"]}. */
  private static Merges.Pair pair(JsonValue merge) {
    if (merge instanceof JsonString text) {
      return Merges.Pair.parse(text.value());
    }
    if (merge instanceof JsonArray two
        && two.elements().size() == 2
        && two.elements().getFirst() instanceof JsonString left
        && two.elements().getLast() instanceof JsonString right) {
      return new Merges.Pair(left.value(), right.value());
    }
    throw new FormatException("a merge must be two tokens, got " + merge);
  }

  // ---- WordPiece

  private Tokenizer wordPiece(JsonObject model) {
    JsonObject normalizer = required("normalizer", "BertNormalizer");
    required("pre_tokenizer", "BertPreTokenizer");
    boolean lowerCase = normalizer.truth("lowercase");
    boolean stripAccents =
        normalizer.get("strip_accents") instanceof JsonBoolean strip ? strip.value() : lowerCase;
    return new WordPieceTokenizer(
        vocabulary(model, true),
        new BertWords(
            normalizer.truth("clean_text"),
            normalizer.truth("handle_chinese_chars"),
            stripAccents,
            lowerCase),
        model.string("unk_token"),
        model.string("continuing_subword_prefix"),
        model.has("max_input_chars_per_word")
            ? model.integer("max_input_chars_per_word")
            : WordPieceTokenizer.LONGEST_WORD,
        special().keySet().stream().toList());
  }

  // ---- parts

  private Vocabulary vocabulary(JsonObject model, boolean normalizes) {
    Map<String, Integer> special = special();
    if (normalizes) {
      requireUnchanged();
    }
    return BytePairTokenizer.vocabulary(source, model.object("vocab"), special);
  }

  /** The tokens that are found in texts before all else, with their numbers. */
  private Map<String, Integer> special() {
    Map<String, Integer> special = new LinkedHashMap<>();
    for (JsonObject token : addedTokens()) {
      String content = token.string("content");
      for (String name : List.of("single_word", "lstrip", "rstrip")) {
        if (token.truth(name)) {
          throw unknown("added token \"%s\" with %s".formatted(content, name), "true", "false");
        }
      }
      special.put(content, token.integer("id"));
    }
    return special;
  }

  /** Added tokens must be looked for in the text as it is, not as it is normalized. */
  private void requireUnchanged() {
    for (JsonObject token : addedTokens()) {
      if (token.truth("normalized")) {
        throw unknown(
            "added token \"%s\" with normalized".formatted(token.string("content")),
            "true",
            "false");
      }
    }
  }

  private List<JsonObject> addedTokens() {
    List<JsonObject> tokens = new ArrayList<>();
    if (file.has("added_tokens") && file.get("added_tokens") instanceof JsonArray list) {
      for (JsonValue element : list.elements()) {
        if (!(element instanceof JsonObject token)) {
          throw new FormatException("an added token must be an object, not " + element.kind());
        }
        tokens.add(token);
      }
    }
    return tokens;
  }

  private @Nullable JsonObject part(String name) {
    if (!file.has(name) || file.get(name) instanceof JsonNull) {
      return null;
    }
    return file.object(name);
  }

  private static String type(@Nullable JsonObject part) {
    return part == null ? "" : part.string("type");
  }

  private JsonObject required(String name, String type) {
    JsonObject part = part(name);
    if (part == null || !part.string("type").equals(type)) {
      throw unknown(name, part == null ? "null" : part.string("type"), type);
    }
    return part;
  }

  private static void requireAbsent(JsonObject model, String name) {
    boolean absent =
        !model.has(name)
            || model.get(name) instanceof JsonNull
            || (model.get(name) instanceof JsonString text && text.value().isEmpty())
            || (model.get(name) instanceof JsonNumber number && number.toDouble() == 0);
    if (!absent) {
      throw unknown("model BPE with " + name, model.get(name).toString(), "none");
    }
  }

  private static FormatException unknown(String part, String found, String known) {
    return new FormatException("%s %s is not supported; known is %s".formatted(part, found, known));
  }
}
