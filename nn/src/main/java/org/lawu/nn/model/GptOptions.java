package org.lawu.nn.model;

import static org.lawu.nn.model.Setting.positive;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.nn.Layers;
import org.lawu.nn.layer.RotaryPositions;

/**
 * The sizes and parts of a {@link Gpt}.
 *
 * <pre>{@code
 * var small = GptOptions.gpt2(50_257, 1024, 768, 12, 12).dropout(0.1); // GPT-2, 124 M
 * var llama = GptOptions.llama(32_000, 2048, 288, 6, 6, 768);          // stories15M
 * }</pre>
 *
 * @param vocabulary the number of tokens
 * @param context the longest sequence
 * @param dim the length of the vectors
 * @param heads the heads of attention
 * @param layers the number of blocks
 * @param hidden the numbers between the maps of the feed-forward part
 * @param keyValueHeads the heads of keys and values, which divide the heads
 * @param rotary rotary positions; null for learned ones
 * @param isGated whether blocks are built as Llama's: RMS norms, a SwiGLU feed-forward part, no
 *     biases; otherwise as GPT-2's: layer norms, gelu, biases
 * @param isTied whether the scores are products with the vectors of the tokens, and not a map of
 *     their own
 * @param dropout the share that training drops: of the embedding, of attention weights and of what
 *     each part adds
 */
public record GptOptions(
    int vocabulary,
    int context,
    int dim,
    int heads,
    int layers,
    int hidden,
    int keyValueHeads,
    @Nullable RotaryPositions rotary,
    boolean isGated,
    boolean isTied,
    double dropout) {

  /**
   * With these settings.
   *
   * @throws ArgumentException if a number is below 1, the heads do not divide the dim, the heads of
   *     keys and values do not divide the heads, or the dropout is not at least 0 and below 1
   */
  public GptOptions {
    positive("gpt", "vocabulary", vocabulary);
    positive("gpt", "context", context);
    positive("gpt", "dim", dim);
    positive("gpt", "heads", heads);
    positive("gpt", "layers", layers);
    positive("gpt", "hidden", hidden);
    positive("gpt", "keyValueHeads", keyValueHeads);
    if (dim % heads != 0) {
      throw new ArgumentException(
          "gpt: dim %d must be a multiple of heads %d".formatted(dim, heads));
    }
    if (heads % keyValueHeads != 0) {
      throw new ArgumentException(
          "gpt: heads %d must be a multiple of keyValueHeads %d".formatted(heads, keyValueHeads));
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new ArgumentException(
          "gpt: the dropout must be at least 0 and below 1, got " + dropout);
    }
  }

  /**
   * As GPT-2: learned positions, layer norms, gelu with {@code 4 dim} numbers, tied, no dropout.
   */
  public static GptOptions gpt2(int vocabulary, int context, int dim, int heads, int layers) {
    return new GptOptions(
        vocabulary, context, dim, heads, layers, 4 * dim, heads, null, false, true, 0);
  }

  /** As Llama: rotary positions of neighbours, RMS norms, SwiGLU, no biases, tied, no dropout. */
  public static GptOptions llama(
      int vocabulary, int context, int dim, int heads, int layers, int hidden) {
    RotaryPositions rotary = RotaryPositions.interleaved();
    return new GptOptions(
        vocabulary, context, dim, heads, layers, hidden, heads, rotary, true, true, 0);
  }

  /** With another number of elements in the feed-forward part. */
  public GptOptions hidden(int count) {
    return new GptOptions(
        vocabulary,
        context,
        dim,
        heads,
        layers,
        count,
        keyValueHeads,
        rotary,
        isGated,
        isTied,
        dropout);
  }

  /** With fewer heads of keys and values than of queries. */
  public GptOptions keyValueHeads(int count) {
    return new GptOptions(
        vocabulary, context, dim, heads, layers, hidden, count, rotary, isGated, isTied, dropout);
  }

  /** With rotary positions. */
  public GptOptions rotary(RotaryPositions positions) {
    return new GptOptions(
        vocabulary,
        context,
        dim,
        heads,
        layers,
        hidden,
        keyValueHeads,
        positions,
        isGated,
        isTied,
        dropout);
  }

  /** With a map of its own from vectors to scores. */
  public GptOptions untied() {
    return new GptOptions(
        vocabulary,
        context,
        dim,
        heads,
        layers,
        hidden,
        keyValueHeads,
        rotary,
        isGated,
        false,
        dropout);
  }

  /** With dropout. */
  public GptOptions dropout(double rate) {
    return new GptOptions(
        vocabulary,
        context,
        dim,
        heads,
        layers,
        hidden,
        keyValueHeads,
        rotary,
        isGated,
        isTied,
        rate);
  }

  /** The settings, beside the kind. */
  Config write(Config config) {
    Config plain =
        config
            .with("vocabulary", vocabulary)
            .with("context", context)
            .with("dim", dim)
            .with("heads", heads)
            .with("layers", layers)
            .with("hidden", hidden)
            .with("keyValueHeads", keyValueHeads)
            .with("gated", isGated)
            .with("tied", isTied)
            .with("dropout", dropout);
    return rotary == null ? plain : plain.with("rotary", rotary.config());
  }

  static GptOptions of(Config config, Layers layers) {
    return new GptOptions(
        config.integer("vocabulary"),
        config.integer("context"),
        config.integer("dim"),
        config.integer("heads"),
        config.integer("layers"),
        config.integer("hidden"),
        config.integer("keyValueHeads"),
        config.has("rotary") ? layers.build(config.config("rotary"), RotaryPositions.class) : null,
        config.truth("gated"),
        config.truth("tied"),
        config.number("dropout"));
  }
}
