package org.lawu.examples.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.layer.AttentionMask;
import org.lawu.nn.layer.Gru;
import org.lawu.nn.layer.Lstm;
import org.lawu.nn.layer.MultiHeadAttention;
import org.lawu.nn.layer.Rnn;
import org.lawu.nn.layer.TransformerDecoderLayer;
import org.lawu.nn.layer.TransformerEncoderLayer;
import org.lawu.nn.layer.TransformerOptions;
import org.lawu.random.Philox;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.ReferenceCase;
import org.lawu.testkit.ReferenceComparison;
import org.lawu.testkit.ReferenceResult;

/**
 * The cases of layers on sequences, which have several inputs {@code in.K} or outputs {@code out.K}
 * with {@code cot.K}: the states of recurrent layers, the memory and the mask of attention.
 */
final class SequenceCases {
  private SequenceCases() {}

  /** A layer, and how its outputs come from the inputs. */
  private record Subject(Layer layer, Run run) {}

  @FunctionalInterface
  private interface Run {
    List<Tensor> outputs(List<Tensor> inputs, Pass pass);
  }

  /** The result of a case, or null if the layer is none of these. */
  static @Nullable ReferenceResult run(ReferenceCase reference) {
    JsonObject config = reference.description().object("config");
    Subject subject = subject(reference.description().string("layer"), config);
    if (subject == null) {
      return null;
    }
    var parameters = subject.layer().namedParameters();
    parameters.forEach((name, parameter) -> parameter.set(reference.tensor("param." + name)));
    List<Tensor> inputs =
        reference.tensors("in").stream()
            .map(input -> input.dtype().isFloating() ? input.withGradient() : input)
            .toList();
    Pass pass =
        reference.description().truth("train") ? Pass.training(new Philox(1)) : Pass.inference();
    List<Tensor> outputs = subject.run().outputs(inputs, pass);
    var comparison = new ReferenceComparison(reference);
    Tensor sum = Tensor.scalar(0);
    for (int i = 0; i < reference.tensors("out").size(); i++) {
      comparison.agrees("out." + i, outputs.get(i));
      sum = sum.add(outputs.get(i).mul(reference.tensor("cot." + i)).sum());
    }
    Gradients gradients = sum.backward();
    for (int i = 0; i < inputs.size(); i++) {
      if (reference.tensors().containsKey("grad.in." + i)) {
        comparison.agrees("grad.in." + i, gradients.of(inputs.get(i)));
      }
    }
    parameters.forEach(
        (name, parameter) -> comparison.agrees("grad.param." + name, gradients.of(parameter)));
    return comparison.result();
  }

  private static @Nullable Subject subject(String kind, JsonObject config) {
    return switch (kind) {
      case "Rnn" -> rnn(config);
      case "Lstm" -> lstm(config);
      case "Gru" -> gru(config);
      case "MultiHeadAttention" -> attention(config);
      case "TransformerEncoderLayer" -> encoder(config);
      case "TransformerDecoderLayer" -> decoder(config);
      default -> null;
    };
  }

  private static Subject rnn(JsonObject config) {
    String nonlinearity =
        config.has("nonlinearity")
            ? config.string("nonlinearity").toUpperCase(Locale.ROOT)
            : "TANH";
    var rnn =
        new Rnn(
            config.integer("in"),
            config.integer("hidden"),
            Rnn.Nonlinearity.valueOf(nonlinearity),
            layers(config),
            truth(config, "bidirectional"),
            number(config, "dropout"));
    return new Subject(
        rnn,
        (in, pass) -> {
          var result =
              in.size() > 1 ? rnn.run(in.get(0), in.get(1), pass) : rnn.run(in.get(0), pass);
          return List.of(result.sequence(), result.state());
        });
  }

  private static Subject gru(JsonObject config) {
    var gru =
        new Gru(
            config.integer("in"),
            config.integer("hidden"),
            layers(config),
            truth(config, "bidirectional"),
            number(config, "dropout"));
    return new Subject(
        gru,
        (in, pass) -> {
          var result =
              in.size() > 1 ? gru.run(in.get(0), in.get(1), pass) : gru.run(in.get(0), pass);
          return List.of(result.sequence(), result.state());
        });
  }

  private static Subject lstm(JsonObject config) {
    var lstm =
        new Lstm(
            config.integer("in"),
            config.integer("hidden"),
            layers(config),
            truth(config, "bidirectional"),
            number(config, "dropout"));
    return new Subject(
        lstm,
        (in, pass) -> {
          var result =
              in.size() > 2
                  ? lstm.run(in.get(0), new Lstm.State(in.get(1), in.get(2)), pass)
                  : lstm.run(in.get(0), pass);
          return List.of(result.sequence(), result.state().h(), result.state().c());
        });
  }

  private static Subject attention(JsonObject config) {
    var attention =
        new MultiHeadAttention(
            config.integer("dim"), config.integer("heads"), number(config, "dropout"));
    boolean cross = truth(config, "cross");
    return new Subject(
        attention,
        (in, pass) -> {
          AttentionMask mask = mask(config, in, cross ? 2 : 1);
          return List.of(
              cross
                  ? attention.forward(in.get(0), in.get(1), mask, pass)
                  : attention.forward(in.get(0), mask, pass));
        });
  }

  private static Subject encoder(JsonObject config) {
    var encoder =
        new TransformerEncoderLayer(
            config.integer("dim"),
            config.integer("heads"),
            config.integer("hidden"),
            options(config));
    return new Subject(
        encoder, (in, pass) -> List.of(encoder.forward(in.get(0), mask(config, in, 1), pass)));
  }

  private static Subject decoder(JsonObject config) {
    var decoder =
        new TransformerDecoderLayer(
            config.integer("dim"),
            config.integer("heads"),
            config.integer("hidden"),
            options(config));
    return new Subject(
        decoder,
        (in, pass) ->
            List.of(
                decoder.forward(
                    in.get(0), in.get(1), mask(config, in, 2), AttentionMask.none(), pass)));
  }

  /** The mask in words, such as {@code causal} or {@code padding (in.1 true = attend)}. */
  private static AttentionMask mask(JsonObject config, List<Tensor> inputs, int first) {
    String words = config.has("mask") ? config.string("mask") : "none";
    List<AttentionMask> masks = new ArrayList<>();
    int next = first;
    if (words.contains("causal")) {
      masks.add(AttentionMask.causal());
    }
    if (words.contains("padding")) {
      masks.add(AttentionMask.padding(inputs.get(next++)));
    }
    if (words.contains("additive")) {
      masks.add(AttentionMask.additive(inputs.get(next)));
    }
    return masks.stream().reduce(AttentionMask.none(), AttentionMask::and);
  }

  private static TransformerOptions options(JsonObject config) {
    var options = TransformerOptions.standard().dropout(number(config, "dropout"));
    if (config.has("activation") && config.string("activation").equals("gelu")) {
      options = options.gelu();
    }
    return truth(config, "normFirst") ? options.normFirst() : options;
  }

  private static int layers(JsonObject config) {
    return config.has("layers") ? config.integer("layers") : 1;
  }

  private static boolean truth(JsonObject config, String name) {
    return config.has(name) && config.truth(name);
  }

  private static double number(JsonObject config, String name) {
    return config.has(name) ? config.number(name) : 0;
  }
}
