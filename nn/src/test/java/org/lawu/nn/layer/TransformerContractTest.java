package org.lawu.nn.layer;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** The contract of what is built of attention. */
class TransformerContractTest {
  private static final Tensor SEQUENCES = Tensor.normal(new Philox(1), 0, 1, 3, 5, 4);
  private static final Tensor WRONG = Tensor.zeros(3, 5, 2);

  private static List<String> under(String path, List<String> names) {
    return names.stream().map(name -> path + "." + name).toList();
  }

  private static List<String> all(List<List<String>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  private static List<String> attention(String path) {
    return Stream.of("in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias")
        .map(name -> path + "." + name)
        .toList();
  }

  private static List<String> affine(String path) {
    return List.of(path + ".weight", path + ".bias");
  }

  private static List<String> encoderLayer() {
    return all(
        List.of(
            attention("self_attn"),
            affine("linear1"),
            affine("linear2"),
            affine("norm1"),
            affine("norm2")));
  }

  private static List<String> decoderLayer() {
    return all(
        List.of(
            attention("self_attn"),
            attention("multihead_attn"),
            affine("linear1"),
            affine("linear2"),
            affine("norm1"),
            affine("norm2"),
            affine("norm3")));
  }

  @Nested
  class EncoderContract extends LayerCase {
    EncoderContract() {
      super(
          () ->
              new TransformerEncoder(
                  2, () -> new TransformerEncoderLayer(4, 2, 6), new LayerNorm(4)),
          SEQUENCES,
          SEQUENCES.shape(),
          all(
              List.of(
                  under("layers.0", encoderLayer()),
                  under("layers.1", encoderLayer()),
                  affine("norm"))),
          WRONG,
          "transformerEncoderLayer: input must be [batch, time, 4], got [3, 5, 2]");
    }

    @Override
    public String wrongPlace() {
      return "layers.0";
    }
  }

  @Nested
  class DecoderLayerContract extends LayerCase {
    DecoderLayerContract() {
      super(
          () -> new TransformerDecoderLayer(4, 2, 6),
          SEQUENCES,
          SEQUENCES.shape(),
          decoderLayer(),
          WRONG,
          "transformerDecoderLayer: target must be [batch, time, 4], got [3, 5, 2]");
    }

    @Override
    public Tensor run(Layer layer, Tensor input, Pass pass) {
      return ((TransformerDecoderLayer) layer).forward(input, input, pass);
    }
  }

  @Nested
  class DecoderContract extends LayerCase {
    DecoderContract() {
      super(
          () -> new TransformerDecoder(2, () -> new TransformerDecoderLayer(4, 2, 6)),
          SEQUENCES,
          Shape.of(3, 5, 4),
          all(List.of(under("layers.0", decoderLayer()), under("layers.1", decoderLayer()))),
          WRONG,
          "transformerDecoderLayer: target must be [batch, time, 4], got [3, 5, 2]");
    }

    @Override
    public Tensor run(Layer layer, Tensor input, Pass pass) {
      return ((TransformerDecoder) layer).forward(input, input, pass);
    }

    @Override
    public String wrongPlace() {
      return "layers.0";
    }
  }
}
