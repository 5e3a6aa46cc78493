package org.lawu.data.text;

import java.util.Arrays;
import java.util.List;
import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/**
 * Makes texts equally long, so that they fit into one tensor.
 *
 * <pre>{@code
 * var padding = Padding.to(4).fill(Side.START);
 * List<int[]> texts = List.of(new int[] {7, 8}, new int[] {1, 2, 3, 4, 5});
 * padding.tokens(texts);  // [[0, 0, 7, 8], [1, 2, 3, 4]]
 * padding.mask(texts);    // [[false, false, true, true], [true, true, true, true]]
 * padding.lengths(texts); // [2, 4]
 * }</pre>
 *
 * @param length the most tokens that a text may keep
 * @param always whether texts are filled up to the length even if all are shorter; otherwise to the
 *     longest of them
 * @param fill where short texts are filled up
 * @param cut where long texts lose tokens
 * @param token what fills up
 */
public record Padding(int length, boolean always, Side fill, Side cut, int token) {

  /**
   * Checks the length.
   *
   * @throws ArgumentException if it is below 1
   */
  public Padding {
    if (length < 1) {
      throw new ArgumentException("padding: the length must be at least 1, got " + length);
    }
  }

  /** To one length, always; filled up with 0 and cut at the end. */
  public static Padding to(int length) {
    return new Padding(length, true, Side.END, Side.END, Vocabulary.PADDING);
  }

  /** To the longest of the texts, but at most to a length; filled up with 0 and cut at the end. */
  public static Padding toLongest(int atMost) {
    return new Padding(atMost, false, Side.END, Side.END, Vocabulary.PADDING);
  }

  /** The same filling up at another side. */
  public Padding fill(Side side) {
    return new Padding(length, always, side, cut, token);
  }

  /** The same cutting at another side. */
  public Padding cut(Side side) {
    return new Padding(length, always, fill, side, token);
  }

  /** The same filling up with another token. */
  public Padding token(int number) {
    return new Padding(length, always, fill, cut, number);
  }

  /** What is kept of a text. */
  int[] kept(int[] text, int most) {
    if (text.length <= most) {
      return text;
    }
    return cut == Side.END
        ? Arrays.copyOf(text, most)
        : Arrays.copyOfRange(text, text.length - most, text.length);
  }

  /** How many time steps texts get: at least one, which recurrent layers need. */
  private int steps(List<int[]> texts) {
    int longest = texts.stream().mapToInt(text -> text.length).max().orElse(0);
    return always ? length : Math.clamp(longest, 1, length);
  }

  /** The texts, INT32 {@code [n, t]}; {@code t} is at least 1. */
  public Tensor tokens(List<int[]> texts) {
    int steps = steps(texts);
    int[] tokens = new int[Math.multiplyExact(texts.size(), steps)];
    Arrays.fill(tokens, token);
    for (int row = 0; row < texts.size(); row++) {
      int[] text = kept(texts.get(row), length);
      System.arraycopy(text, 0, tokens, row * steps + before(text, steps), text.length);
    }
    return Tensor.of(tokens, texts.size(), steps);
  }

  private int before(int[] kept, int steps) {
    return fill == Side.START ? steps - kept.length : 0;
  }

  /** Which tokens are of the texts, BOOL {@code [n, t]}: false where they were filled up. */
  public Tensor mask(List<int[]> texts) {
    int[] ones = new int[length];
    Arrays.fill(ones, 1);
    List<int[]> real =
        texts.stream().map(text -> Arrays.copyOf(ones, Math.min(text.length, length))).toList();
    return token(0).tokens(real).notEqual(0);
  }

  /** How many tokens each text keeps, INT32 {@code [n]}. */
  public Tensor lengths(List<int[]> texts) {
    return Tensor.of(
        texts.stream().mapToInt(text -> Math.min(text.length, length)).toArray(), texts.size());
  }

  /** The settings. */
  Config config() {
    return Config.empty()
        .with("length", length)
        .with("always", always)
        .with("fill", Names.write(fill))
        .with("cut", Names.write(cut))
        .with("token", token);
  }

  static Padding of(Config config) {
    return new Padding(
        config.integer("length"),
        config.truth("always"),
        Names.read(Side.class, "fill", config.string("fill")),
        Names.read(Side.class, "cut", config.string("cut")),
        config.integer("token"));
  }
}
