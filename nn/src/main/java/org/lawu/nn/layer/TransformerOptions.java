package org.lawu.nn.layer;

import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/**
 * What may vary in a Transformer's layers. The standard is PyTorch's: dropout 0.1, relu, the norm
 * after each part (as in the original), epsilon 1e-5.
 *
 * <pre>{@code
 * var options = TransformerOptions.standard().gelu().normFirst().dropout(0.2);
 * }</pre>
 *
 * @param dropout the share that training drops: of attention weights, of the feed-forward's hidden
 *     numbers, and of what each part adds
 * @param activation between the two maps of the feed-forward part
 * @param isNormFirst whether {@code x + part(norm(x))} is computed, which trains more stably (Xiong
 *     et al., "On layer normalization in the Transformer architecture", 2020), and not {@code
 *     norm(x + part(x))}
 * @param epsilon that of the norms
 */
public record TransformerOptions(
    double dropout, Activation activation, boolean isNormFirst, double epsilon) {

  /** The activation of the feed-forward part. */
  public enum Activation {
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code x Phi(x)}, exact. */
    GELU;

    Tensor of(Tensor x) {
      return switch (this) {
        case RELU -> x.relu();
        case GELU -> x.gelu();
      };
    }
  }

  /**
   * With these settings.
   *
   * @throws ArgumentException if the dropout is not at least 0 and below 1
   */
  public TransformerOptions {
    if (!(dropout >= 0 && dropout < 1)) {
      throw new ArgumentException(
          "transformer: the dropout must be at least 0 and below 1, got " + dropout);
    }
  }

  /** PyTorch's defaults. */
  public static TransformerOptions standard() {
    return new TransformerOptions(0.1, Activation.RELU, false, 1e-5);
  }

  /** With another dropout. */
  public TransformerOptions dropout(double rate) {
    return new TransformerOptions(rate, activation, isNormFirst, epsilon);
  }

  /** With gelu. */
  public TransformerOptions gelu() {
    return new TransformerOptions(dropout, Activation.GELU, isNormFirst, epsilon);
  }

  /** With the norm before each part. */
  public TransformerOptions normFirst() {
    return new TransformerOptions(dropout, activation, true, epsilon);
  }

  /** With another epsilon in the norms. */
  public TransformerOptions epsilon(double newEpsilon) {
    return new TransformerOptions(dropout, activation, isNormFirst, newEpsilon);
  }

  /** In descriptions of layers: what differs from the standard. */
  String description() {
    return (activation == Activation.GELU ? ", gelu" : "")
        + (isNormFirst ? ", norm first" : "")
        + (dropout == 0 ? "" : ", dropout " + dropout);
  }

  /** The settings, beside those of the layer. */
  Config write(Config config) {
    return config
        .with("dropout", dropout)
        .with("activation", Setting.name(activation))
        .with("normFirst", isNormFirst)
        .with("epsilon", epsilon);
  }

  static TransformerOptions of(Config config) {
    return new TransformerOptions(
        config.number("dropout"),
        Setting.choice(config, "activation", Activation.class),
        config.truth("normFirst"),
        config.number("epsilon"));
  }
}
