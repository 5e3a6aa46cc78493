package org.lawu.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.io.Config;
import org.lawu.io.Safetensors;
import org.lawu.nn.initializer.Constant;
import org.lawu.nn.layer.AttentionOptions;
import org.lawu.nn.layer.AvgPool2d;
import org.lawu.nn.layer.BatchNorm1d;
import org.lawu.nn.layer.BatchNorm2d;
import org.lawu.nn.layer.Bilinear;
import org.lawu.nn.layer.Checkpoint;
import org.lawu.nn.layer.Concat;
import org.lawu.nn.layer.Conv1d;
import org.lawu.nn.layer.Conv2d;
import org.lawu.nn.layer.ConvTranspose2d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Embedding;
import org.lawu.nn.layer.Gelu;
import org.lawu.nn.layer.Gru;
import org.lawu.nn.layer.LayerNorm;
import org.lawu.nn.layer.Lstm;
import org.lawu.nn.layer.MaxPool2d;
import org.lawu.nn.layer.MultiHeadAttention;
import org.lawu.nn.layer.PRelu;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.layer.Reshape;
import org.lawu.nn.layer.Residual;
import org.lawu.nn.layer.RmsNorm;
import org.lawu.nn.layer.Rnn;
import org.lawu.nn.layer.RnnCell;
import org.lawu.nn.layer.RotaryPositions;
import org.lawu.nn.layer.TransformerDecoder;
import org.lawu.nn.layer.TransformerDecoderLayer;
import org.lawu.nn.layer.TransformerEncoder;
import org.lawu.nn.layer.TransformerEncoderLayer;
import org.lawu.nn.layer.TransformerOptions;
import org.lawu.nn.layer.Upsample;
import org.lawu.nn.layer.ZeroPad2d;
import org.lawu.nn.model.Gpt;
import org.lawu.nn.model.GptOptions;
import org.lawu.nn.model.LeNet;
import org.lawu.nn.model.LstmClassifier;
import org.lawu.nn.model.Mlp;
import org.lawu.nn.model.ResNet;
import org.lawu.nn.model.TransformerClassifier;
import org.lawu.random.Philox;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Window;

class LayersTest {

  private static Config parse(String text) {
    return Config.parse("model", text);
  }

  /** Layers whose settings are none of them the usual ones; the others are in LayerContract. */
  static List<Layer> unusual() {
    var moved = Convolution.DEFAULT.stride(2, 3).padding(1, 2).dilation(2, 1).groups(2);
    var options = TransformerOptions.standard().gelu().normFirst().dropout(0).epsilon(1e-3);
    return List.of(
        Dense.withoutBias(3, 2),
        Bilinear.withoutBias(2, 3, 4),
        new Embedding(9, 4, 2),
        new Conv2d(4, 6, 3, 5, moved),
        Conv2d.withoutBias(4, 6, 3, moved),
        Conv1d.withoutBias(4, 6, 3, Convolution.DEFAULT.stride(1, 2).padding(0, 1).dilation(1, 3)),
        new ConvTranspose2d(4, 6, 3, 5, moved, 1, 2),
        ConvTranspose2d.withoutBias(4, 6, 3, 5, moved, 1, 0),
        new MaxPool2d(new Window(2, 3, 4, 5, 1, 0)),
        new AvgPool2d(new Window(2, 3, 4, 5, 1, 0)),
        new BatchNorm1d(3, 1e-3, 0.3),
        new BatchNorm2d(3, 1e-3, 0.3),
        new LayerNorm(Shape.of(2, 3), 1e-3),
        new RmsNorm(Shape.of(2, 3), 1e-3),
        new PRelu(3),
        Gelu.approximate(),
        new Reshape(2, -1),
        new ZeroPad2d(1, 2, 3, 4),
        Upsample.nearest(2, 3),
        Upsample.nearestTo(5, 6),
        Upsample.bilinearTo(5, 6).alignedCorners(),
        new Rnn(3, 4, Rnn.Nonlinearity.RELU, 2, true, 0.1),
        new Lstm(3, 4, 2, true, 0.1),
        new Gru(3, 4, 2, true, 0.1),
        new RnnCell(3, 4, Rnn.Nonlinearity.RELU),
        RotaryPositions.halves().base(500_000),
        new MultiHeadAttention(
            8,
            4,
            AttentionOptions.standard()
                .withoutBias()
                .dropout(0.1)
                .keyValueHeads(2)
                .rotary(RotaryPositions.interleaved())),
        new TransformerEncoder(2, () -> new TransformerEncoderLayer(4, 2, 6, options)),
        new TransformerDecoder(
            2, () -> new TransformerDecoderLayer(4, 2, 6, options), new LayerNorm(4)),
        new Residual(new Dense(3, 2), new Dense(3, 2)),
        new Checkpoint(new Residual(new Concat(-1, new Dense(3, 1), new Dense(3, 2)))),
        Sequential.of(),
        Mlp.withDropout(0.2, 4, 5, 3),
        new LeNet(3, 7),
        ResNet.resNet18(3),
        ResNet.resNet34(3),
        ResNet.resNet50(3),
        ResNet.resNet20(3),
        ResNet.resNet32(3),
        ResNet.resNet44(3),
        ResNet.resNet56(3),
        ResNet.resNet110(3),
        new LstmClassifier(10, 4, 5, 2, 2, 0.3),
        new TransformerClassifier(10, 6, 4, 2, 3, 2, 0.3),
        new Gpt(GptOptions.gpt2(11, 6, 8, 2, 2).dropout(0.1)),
        new Gpt(
            GptOptions.llama(11, 6, 8, 4, 2, 12)
                .keyValueHeads(2)
                .untied()
                .rotary(RotaryPositions.halves().base(500))));
  }

  @ParameterizedTest
  @MethodSource("unusual")
  void unusualSettingsComeBack(Layer layer) {
    Config config = Layers.standard().describe(layer);
    Layer again = Layers.standard().build(parse(config.toString()));
    assertThat(again).hasSameClassAs(layer).hasToString(layer.toString());
    assertThat(again.config()).isEqualTo(config);
    assertThat(again.namedParameters().keySet())
        .containsExactlyElementsOf(layer.namedParameters().keySet());
  }

  @Test
  void isPlainJson() {
    var model = Sequential.of(new Dense(784, 128), new Relu());
    assertThat(Layers.standard().describe(model))
        .hasToString(
            """
            {"kind":"Sequential","layers":[\
            {"kind":"Dense","inputs":784,"outputs":128,"bias":true},{"kind":"Relu"}]}\
            """);
  }

  // ---- shared layers

  @Test
  void aSharedLayerStaysShared(@TempDir Path folder) throws IOException {
    var shared = new Dense(3, 3);
    var relu = new Relu();
    var model = Sequential.of(shared, relu, shared, relu).initialize(new Philox(1));
    Config config = Layers.standard().describe(model);
    assertThat(config)
        .hasToString(
            """
            {"kind":"Sequential","layers":[\
            {"kind":"Dense","inputs":3,"outputs":3,"bias":true},{"kind":"Relu"},\
            {"same":0},{"same":1}]}\
            """);
    Path file = folder.resolve("model.safetensors");
    model.save(file);
    Layer again = restore(config, file);
    assertThat(again.namedParameters().keySet()).containsExactly("0.weight", "0.bias");
    Tensor input = Tensor.of(new float[] {1, 2, 3}, 1, 3);
    assertThat(again.predict(input)).isEqualTo(model.predict(input));
  }

  @Test
  void aLayerSharedBetweenContainersIsRefused() {
    var shared = new Dense(3, 3);
    var model = Sequential.of(new Residual(shared), new Residual(shared));
    assertThatThrownBy(() -> Layers.standard().describe(model))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "describe: what is written makes another model, which differs in [1.body.bias,"
                + " 1.body.weight]; a layer may be in several places of one Sequential, but not"
                + " elsewhere, and every config() must be complete");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "-1"})
  void onlyAnEarlierLayerCanBeTheSame(int index) {
    String text =
        "{\"kind\":\"Sequential\",\"layers\":[{\"same\":%d},{\"kind\":\"Relu\"}]}".formatted(index);
    assertThatThrownBy(() -> Layers.standard().build(parse(text)))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "model, layers[0]: \"same\" must be the position of a layer before, got " + index);
  }

  // ---- layers of one's own

  static final class Scale extends Layer {
    private final int size;

    Scale(int size) {
      this.size = size;
      parameter("scale", Shape.of(size), new Constant(2));
    }

    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      return input.mul(namedParameters().values().iterator().next().value());
    }

    @Override
    public Config config() {
      return Config.of("kind", "Scale").with("size", size);
    }

    static Scale of(Config config) {
      return new Scale(config.integer("size"));
    }
  }

  private static final class Unwritten extends Layer {}

  @Test
  void aLayerOfOnesOwnTakesPart(@TempDir Path folder) throws IOException {
    Layers layers = Layers.standard().with("Scale", Scale::of);
    var model = Sequential.of(new Residual(new Scale(2)), new Dense(2, 1));
    Path file = folder.resolve("model.safetensors");
    model.save(file);
    try (var weights = Safetensors.open(file)) {
      Layer again = layers.restore(layers.describe(model), file, weights);
      Tensor input = Tensor.of(new float[] {1, 2}, 1, 2);
      assertThat(again.predict(input)).isEqualTo(model.predict(input));
    }
  }

  @Test
  void refusesWhatIsNotKnown() {
    assertThatThrownBy(() -> Layers.standard().describe(Sequential.of(new Scale(2))))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "describe: architecture, layers[0]: there is no kind of layer \"Scale\"; add one of your"
                + " own with Layers.with")
        .hasCauseInstanceOf(FormatException.class);
    assertThatThrownBy(() -> Layers.standard().describe(Sequential.of(new Unwritten())))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "config: org.lawu.nn.LayersTest$Unwritten cannot be written down; override config() in"
                + " it, and register the kind with Layers.with");
    assertThatThrownBy(() -> Layers.standard().with("Dense", Dense::of))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("layers: the kind Dense is taken; give yours another name");
  }

  // ---- texts that are no model

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | model: \"kind\" is missing; there are []",
        "{'kind':'Nonsense'} | model: there is no kind of layer \"Nonsense\"; add one of your own"
            + " with Layers.with",
        "{'kind':'Dense','inputs':-1,'outputs':2,'bias':true} | model: dense: in must be at least"
            + " 1, got -1",
        "{'kind':'Dense','inputs':1,'bias':true} | model: \"outputs\" is missing; there are [kind,"
            + " inputs, bias]",
        "{'kind':'Relu','slope':1} | model: a Relu has no \"slope\"; it has [kind]",
        "{'kind':'Rnn','inputs':1,'hidden':1,'layers':1,'bidirectional':false,'dropout':0,"
            + "'nonlinearity':'sin'} | model: \"nonlinearity\" must be one of [tanh, relu]",
        "{'kind':'MaxPool2d','size':[2],'stride':[2,2],'padding':[0,0]} | model: \"size\" must be 2"
            + " numbers, got 1",
        "{'kind':'ResNet','layers':19,'classes':2} | model: \"layers\" must be one of 18, 20, 32,"
            + " 34, 44, 50, 56 and 110, got 19",
        "{'kind':'TransformerEncoder','layers':[{'kind':'Relu'}]} | model, layers[0]: must be of"
            + " kind TransformerEncoderLayer, not Relu",
        "{'kind':'Residual','body':{'kind':'Dropout','rate':2}} | model, body: dropout: the rate"
            + " must be at least 0 and below 1, got 2.0; it is the share to drop",
        "{'kind':'SinusoidalPositions','length':2147483647,'dim':2147483647} | model: a table of"
            + " 2147483647 positions of 2147483647 numbers is too large; 67108864 numbers are the"
            + " most",
      })
  void saysWhereATextIsNoModel(String text, String message) {
    assertThatThrownBy(() -> Layers.standard().build(parse(text.replace('\'', '"'))))
        .isInstanceOf(FormatException.class)
        .hasMessage(message);
  }

  /** Each would take far more memory or time than there is, if it were believed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'Dense','inputs':40000,'outputs':40000,'bias':true}",
        "{'kind':'Dense','inputs':2147483647,'outputs':2147483647,'bias':true}",
        "{'kind':'Embedding','count':2147483647,'dim':1,'padding':0}",
        "{'kind':'BatchNorm2d','features':2147483647,'epsilon':0.1,'momentum':0.1}",
        "{'kind':'LayerNorm','shape':[65536,65536,65536],'epsilon':0.1}",
        "{'kind':'Lstm','inputs':1,'hidden':1,'layers':2147483647,'bidirectional':true,'dropout':0}",
        "{'kind':'Lstm','inputs':1,'hidden':1073741824,'layers':9,'bidirectional':true,'dropout':0}",
        "{'kind':'LstmCell','inputs':1,'hidden':1073741824}",
        "{'kind':'Conv2d','inputs':65536,'outputs':65536,'kernel':[9,9],'stride':[1,1],"
            + "'padding':[0,0],'dilation':[1,1],'groups':1,'bias':true}",
        "{'kind':'TransformerClassifier','vocabulary':9,'length':9,'dim':4,'heads':2,"
            + "'layers':2147483647,'classes':2,'dropout':0}",
        "{'kind':'Gpt','vocabulary':9,'context':9,'dim':4,'heads':2,'layers':2147483647,'hidden':4,"
            + "'keyValueHeads':2,'gated':true,'tied':true,'dropout':0}",
        "{'kind':'Mlp','sizes':[2147483647,2147483647,3],'dropout':0}",
        "{'kind':'ResNet','layers':110,'classes':2147483647}",
      })
  void asksForNoMoreThanTheFileHolds(String text, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("small.safetensors");
    Safetensors.write(file, Map.of("weight", Tensor.zeros(2, 2)));
    try (var weights = Safetensors.open(file)) {
      assertThatThrownBy(
              () -> Layers.standard().restore(parse(text.replace('\'', '"')), file, weights))
          .isInstanceOf(FormatException.class);
    }
  }

  @Test
  void theRefusalSaysWhatIsTooMuch(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("small.safetensors");
    Safetensors.write(file, Map.of("weight", Tensor.zeros(2, 2)));
    Config config =
        parse("{\"kind\":\"Sequential\",\"layers\":[%s]}".formatted(new Dense(3, 2).config()));
    try (var weights = Safetensors.open(file)) {
      assertThatThrownBy(() -> Layers.standard().restore(config, file, weights))
          .isInstanceOf(FormatException.class)
          .hasMessage(
              "model, layers[0]: weight [2, 3] is more than the weights that there are, 1 tensors"
                  + " with 4 elements");
    }
  }

  @Test
  void deepNestingIsRefused() {
    Layer nested = new Relu();
    for (int i = 0; i < 10; i++) {
      nested = Sequential.of(nested);
    }
    Layer deep = nested;
    assertThatCode(() -> Layers.standard().describe(deep)).doesNotThrowAnyException();
    for (int i = 0; i < 100; i++) {
      nested = Sequential.of(nested);
    }
    Layer deeper = nested;
    assertThatThrownBy(() -> Layers.standard().describe(deeper))
        .isInstanceOf(ArgumentException.class)
        .hasMessageStartingWith("describe: architecture, character ");
  }

  @Test
  void weightsThatDoNotFitAreRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Sequential.of(new Dense(2, 3)).save(file);
    Config other = Sequential.of(new Dense(3, 2)).config();
    assertThatThrownBy(() -> restore(other, file))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("wrong shape 0.weight: the file has [3, 2], the model [2, 3]");
  }

  private static Layer restore(Config config, Path file) throws IOException {
    try (var weights = Safetensors.open(file)) {
      return Layers.standard().restore(config, file, weights);
    }
  }

  @Test
  void aRestoredModelCanBeTrainedAndDrawnAnew(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.safetensors");
    var model = Sequential.of(new Dense(2, 3)).initialize(new Philox(5));
    model.save(file);
    Layer again = restore(model.config(), file);
    Tensor input = Tensor.ones(4, 2);
    var gradients = again.forward(input, Pass.training(new Philox(1))).sum().backward();
    again
        .parameters()
        .forEach(parameter -> assertThat(gradients.of(parameter).dtype()).isEqualTo(DType.FLOAT32));
    again.initialize(new Philox(6));
    assertThat(again.predict(input)).isNotEqualTo(model.predict(input));
    again.initialize(new Philox(5));
    assertThat(again.predict(input)).isEqualTo(model.predict(input));
  }
}
