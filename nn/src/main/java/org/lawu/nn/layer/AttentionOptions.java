package org.lawu.nn.layer;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.nn.Layers;

/**
 * What may vary in {@link MultiHeadAttention}. The standard is PyTorch's: no dropout, biases, a key
 * and a value for every head, no positions.
 *
 * <pre>{@code
 * var llama =
 *     AttentionOptions.standard()
 *         .withoutBias().keyValueHeads(8).rotary(RotaryPositions.interleaved());
 * }</pre>
 *
 * @param dropout the share of the attention weights that training drops
 * @param isBiased whether the linear maps have biases
 * @param keyValueHeads how many heads the keys and values have, each serving as many heads of
 *     queries (Ainslie et al., "GQA: training generalized multi-query Transformer models", 2023); 0
 *     for as many as the queries
 * @param rotary what turns queries and keys by their positions, in self-attention; null for nothing
 */
public record AttentionOptions(
    double dropout, boolean isBiased, int keyValueHeads, @Nullable RotaryPositions rotary) {

  /**
   * With these settings.
   *
   * @throws ArgumentException if the dropout is not at least 0 and below 1, or the number of heads
   *     is negative
   */
  public AttentionOptions {
    if (!(dropout >= 0 && dropout < 1)) {
      throw new ArgumentException(
          "attention: the dropout must be at least 0 and below 1, got " + dropout);
    }
    if (keyValueHeads < 0) {
      throw new ArgumentException(
          "attention: the key/value heads must not be negative, got " + keyValueHeads);
    }
  }

  /** PyTorch's defaults. */
  public static AttentionOptions standard() {
    return new AttentionOptions(0, true, 0, null);
  }

  /** With dropout. */
  public AttentionOptions dropout(double rate) {
    return new AttentionOptions(rate, isBiased, keyValueHeads, rotary);
  }

  /** Without biases. */
  public AttentionOptions withoutBias() {
    return new AttentionOptions(dropout, false, keyValueHeads, rotary);
  }

  /** With fewer heads of keys and values than of queries; 1 is multi-query attention. */
  public AttentionOptions keyValueHeads(int heads) {
    return new AttentionOptions(dropout, isBiased, heads, rotary);
  }

  /** With rotary positions. */
  public AttentionOptions rotary(RotaryPositions positions) {
    return new AttentionOptions(dropout, isBiased, keyValueHeads, positions);
  }

  /** The settings, beside those of the layer. */
  Config write(Config config) {
    Config plain =
        config.with("dropout", dropout).with("bias", isBiased).with("keyValueHeads", keyValueHeads);
    return rotary == null ? plain : plain.with("rotary", rotary.config());
  }

  static AttentionOptions of(Config config, Layers layers) {
    return new AttentionOptions(
        config.number("dropout"),
        config.truth("bias"),
        config.integer("keyValueHeads"),
        config.has("rotary") ? layers.build(config.config("rotary"), RotaryPositions.class) : null);
  }
}
