package org.lawu.nn.model;

import java.util.Arrays;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * How the next token is chosen from the scores of all: the best one, or one drawn by chance. Drawn
 * tokens have the probabilities {@code softmax(scores / temperature)}, of which only the {@code
 * topK} most probable tokens stay (Fan et al., "Hierarchical neural story generation", 2018), and
 * of these the fewest whose probabilities reach {@code topP} together (Holtzman et al., "The
 * curious case of neural text degeneration", 2020).
 *
 * <pre>{@code
 * var sampling = Sampling.seeded(42).temperature(0.8).topK(40).topP(0.95);
 * int[] tokens = gpt.generate(prompt, 100, sampling);
 * }</pre>
 *
 * @param temperature below 1 the probable becomes more so; 0 takes the best, the first of equals
 * @param topK how many tokens stay; 0 for all
 * @param topP the probability that the tokens which stay reach, above 0; 1 for all
 * @param seed determines all that is drawn
 */
public record Sampling(double temperature, int topK, double topP, long seed) {

  /**
   * With these settings.
   *
   * @throws ArgumentException if one is out of range
   */
  public Sampling {
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          ("sampling: the temperature must be at least 0, got %s; 1 leaves the probabilities as"
                  + " they are")
              .formatted(temperature));
    }
    if (topK < 0) {
      throw new ArgumentException(
          "sampling: topK must be at least 1, or 0 for all tokens, got %d".formatted(topK));
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new ArgumentException(
          "sampling: topP must be above 0 and at most 1, got %s".formatted(topP));
    }
  }

  /** The best token each time. */
  public static Sampling greedy() {
    return new Sampling(0, 0, 1, 0);
  }

  /** Tokens drawn with the model's probabilities; the same seed draws the same. */
  public static Sampling seeded(long seed) {
    return new Sampling(1, 0, 1, seed);
  }

  /** With another temperature. */
  public Sampling temperature(double newTemperature) {
    return new Sampling(newTemperature, topK, topP, seed);
  }

  /** From the most probable tokens. */
  public Sampling topK(int count) {
    return new Sampling(temperature, count, topP, seed);
  }

  /** From the fewest tokens that reach a probability together. */
  public Sampling topP(double probability) {
    return new Sampling(temperature, topK, probability, seed);
  }

  /** With another seed. */
  public Sampling seed(long newSeed) {
    return new Sampling(temperature, topK, topP, newSeed);
  }

  /** A generator at the start of the seed's sequence. */
  public Philox random() {
    return new Philox(seed);
  }

  /**
   * Chooses a token.
   *
   * @param scores {@code [vocabulary]}, logarithms of probabilities up to a constant
   * @param random draws, unless the temperature is 0
   * @throws ArgumentException if there is no score or one is not a number
   */
  public int choose(Tensor scores, Philox random) {
    float[] logits = scores.toFloatArray();
    int best = best(logits);
    if (temperature == 0) {
      return best;
    }
    // The candidates, the most probable first where that matters.
    int[] tokens = topK > 0 || topP < 1 ? byScore(logits) : range(logits.length);
    int count = topK > 0 ? Math.min(topK, tokens.length) : tokens.length;
    double[] weights = new double[count];
    double total = 0;
    for (int i = 0; i < count; i++) {
      // Against the best, so that the exponential cannot overflow; equals are equal at infinity
      // too.
      double below = logits[tokens[i]] == logits[best] ? 0 : logits[tokens[i]] - logits[best];
      weights[i] = Math.exp(below / temperature);
      total += weights[i];
    }
    if (topP < 1) {
      double reached = 0;
      int kept = 0;
      while (kept < count && reached < topP * total) {
        reached += weights[kept++];
      }
      count = kept;
      total = reached;
    }
    double left = random.nextDouble() * total;
    for (int i = 0; i < count; i++) {
      left -= weights[i];
      if (left < 0) {
        return tokens[i];
      }
    }
    // Rounding has left a rest.
    return best;
  }

  private static int best(float[] logits) {
    int best = 0;
    for (int i = 0; i < logits.length; i++) {
      if (Float.isNaN(logits[i])) {
        throw new ArgumentException(
            ("sampling: the score of token %d is not a number; look for NaN in the model's"
                    + " parameters")
                .formatted(i));
      }
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    if (logits.length == 0) {
      throw new ArgumentException("sampling: there are no scores to choose from");
    }
    return best;
  }

  /** The tokens by falling score, equals by rising number. */
  private static int[] byScore(float[] logits) {
    long[] keys = new long[logits.length];
    for (int i = 0; i < keys.length; i++) {
      // Adding 0 makes -0 equal to 0. Floats compare as integers do once negative ones are flipped.
      int bits = Float.floatToIntBits(logits[i] + 0f);
      int ordered = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
      keys[i] = ((long) ~ordered << Integer.SIZE) | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  private static int[] range(int count) {
    int[] all = new int[count];
    Arrays.setAll(all, i -> i);
    return all;
  }
}
