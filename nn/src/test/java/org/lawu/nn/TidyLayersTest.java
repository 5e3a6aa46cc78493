package org.lawu.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lawu.nn.layer.AttentionMask;
import org.lawu.nn.layer.BatchNorm2d;
import org.lawu.nn.layer.Checkpoint;
import org.lawu.nn.layer.Conv2d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Flatten;
import org.lawu.nn.layer.Lstm;
import org.lawu.nn.layer.MaxPool2d;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.layer.Residual;
import org.lawu.nn.layer.Tanh;
import org.lawu.nn.layer.TransformerDecoder;
import org.lawu.nn.layer.TransformerDecoderLayer;
import org.lawu.nn.layer.TransformerEncoder;
import org.lawu.nn.layer.TransformerEncoderLayer;
import org.lawu.nn.layer.TransformerOptions;
import org.lawu.nn.model.Gpt;
import org.lawu.nn.model.GptOptions;
import org.lawu.nn.model.ResNet;
import org.lawu.random.Philox;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/** Layers give back what they computed on the way, and nothing that is needed still. */
class TidyLayersTest {
  private static final int STEPS = 4;

  private final Workspace workspace = new Workspace();

  private static Tensor input(int... sizes) {
    return Tensor.uniform(new Philox(5), -1, 1, sizes);
  }

  // ---- whole trainings

  /** Trains, with each step in a workspace or without, and returns losses and parameters. */
  private static List<Tensor> train(
      Layer model, Tensor x, @Nullable Workspace workspace, BiFunction<Tensor, Pass, Tensor> run) {
    model.initialize(new Philox(42));
    var random = new Philox(7);
    List<Tensor> results = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      Supplier<Tensor> step =
          () -> {
            Tensor loss = run.apply(x, Pass.training(random)).square().mean();
            Gradients gradients = loss.backward();
            for (Parameter parameter : gradients.parameters()) {
              parameter.update(
                  gradients.of(parameter),
                  (value, gradient, from, to) -> {
                    for (int j = from; j < to; j++) {
                      value[j] -= 0.1f * gradient[j];
                    }
                  });
            }
            return loss.detach();
          };
      results.add(workspace == null ? step.get() : workspace.run(step));
    }
    model.namedParameters().values().forEach(parameter -> results.add(parameter.value().detach()));
    Supplier<Tensor> prediction = () -> Autograd.noGrad(() -> run.apply(x, Pass.inference()));
    results.add(workspace == null ? prediction.get() : workspace.run(prediction));
    return results;
  }

  private void trainsTheSame(Layer model, Tensor x) {
    trainsTheSame(model, x, model::forward);
  }

  private void trainsTheSame(Layer model, Tensor x, BiFunction<Tensor, Pass, Tensor> run) {
    List<Tensor> plain = train(model, x, null, run);
    assertThat(train(model, x, workspace, run)).isEqualTo(plain);
    assertThat(plain.getFirst().item()).isNotEqualTo(plain.get(STEPS - 1).item());
  }

  @Test
  void aDenseNetworkTrainsTheSame() {
    trainsTheSame(
        Sequential.of(
            new Dense(40, 64), new Relu(), new Dropout(0.3), new Dense(64, 64), new Tanh()),
        input(64, 40));
  }

  private static Sequential convolutions() {
    Convolution same = Convolution.DEFAULT.padding(1);
    return Sequential.of(
        new Conv2d(1, 8, 3, same),
        new BatchNorm2d(8),
        new Relu(),
        new Residual(
            Sequential.of(
                new Conv2d(8, 8, 3, same), new Relu(), new Conv2d(8, 8, 3, same), new Relu())),
        new Residual(new Conv2d(8, 16, 1), new Conv2d(8, 16, 1)),
        new MaxPool2d(2),
        new Flatten(),
        new Dense(16 * 36, 10));
  }

  @Test
  void aConvolutionalNetworkTrainsTheSame() {
    trainsTheSame(convolutions(), input(8, 1, 12, 12));
  }

  @Test
  void checkpointsTrainTheSame() {
    trainsTheSame(
        Sequential.of(
            new Conv2d(1, 8, 3),
            new Checkpoint(Sequential.of(new Relu(), new Conv2d(8, 8, 3), new Dropout(0.2))),
            new Checkpoint(Sequential.of(new BatchNorm2d(8), new Relu(), new Conv2d(8, 8, 3)))),
        input(8, 1, 12, 12));
  }

  @Test
  void aResidualNetworkTrainsTheSame() {
    trainsTheSame(ResNet.resNet20(3), input(4, 3, 16, 16));
  }

  @Test
  void aRecurrentNetworkTrainsTheSame() {
    trainsTheSame(Sequential.of(new Lstm(12, 32), new Relu(), new Lstm(32, 16)), input(16, 20, 12));
  }

  private static TransformerOptions options() {
    return TransformerOptions.standard().gelu().dropout(0.1);
  }

  @Test
  void anEncoderTrainsTheSame() {
    trainsTheSame(
        new TransformerEncoder(3, () -> new TransformerEncoderLayer(32, 4, 64, options())),
        input(8, 16, 32));
  }

  @Test
  void anEncoderWithNormsFirstTrainsTheSame() {
    Tensor truths = Tensor.arange(16).less(12).expand(Shape.of(8, 16));
    var encoder =
        new TransformerEncoder(
            3, () -> new TransformerEncoderLayer(32, 4, 64, options().normFirst()));
    trainsTheSame(
        encoder,
        input(8, 16, 32),
        (x, pass) -> encoder.forward(x, AttentionMask.padding(truths), pass));
  }

  @Test
  void decodersTrainTheSame() {
    Tensor memory = input(8, 10, 32).mul(2);
    for (TransformerOptions options : List.of(options(), options().normFirst())) {
      var decoder =
          new TransformerDecoder(2, () -> new TransformerDecoderLayer(32, 4, 64, options));
      trainsTheSame(
          decoder,
          input(8, 16, 32),
          (x, pass) ->
              decoder.forward(x, memory, AttentionMask.causal(), AttentionMask.none(), pass));
    }
  }

  @Test
  void languageModelsTrainTheSame() {
    Tensor tokens = Tensor.arange(8 * 16).reshape(8, 16);
    for (GptOptions options :
        List.of(GptOptions.gpt2(128, 16, 32, 4, 2), GptOptions.llama(128, 16, 32, 4, 2, 64))) {
      trainsTheSame(new Gpt(options), tokens);
    }
  }

  @Test
  void aLanguageModelReadsOnInARun() {
    var gpt = new Gpt(GptOptions.llama(128, 64, 32, 4, 2, 64));
    Tensor tokens = Tensor.arange(3 * 40).reshape(3, 40);
    Tensor whole = gpt.predict(tokens);
    workspace.run(() -> {
      Gpt.State state = Gpt.State.empty();
      for (int i = 0; i < 40; i += 20) {
        var result = gpt.run(tokens.slice(1, i, i + 20), state, Pass.inference());
        state = result.state();
        assertThat(result.scores().allClose(whole.slice(1, i, i + 20), 1e-4, 1e-4)).isTrue();
      }
      return 0;
    });
  }

  // ---- how much is held

  @Test
  void predictionHoldsTwoLayers() {
    List<Layer> layers =
        Stream.generate(() -> List.<Layer>of(new Dense(64, 64), new Tanh()))
            .limit(25)
            .flatMap(List::stream)
            .toList();
    var model = Sequential.of(layers);
    Tensor x = input(64, 64);
    workspace.run(() -> model.predict(x).sum().item());
    assertThat(workspace.bytes()).isEqualTo(2 * Float.BYTES * 64 * 64);
  }

  @Test
  void aDeepChainNeedsNoStack() {
    var model = Sequential.of(Stream.generate(() -> (Layer) new Tanh()).limit(20_000).toList());
    Tensor x = input(32, 64);
    assertThat(workspace.run(() -> model.predict(x))).isEqualTo(model.predict(x));
  }

  @Test
  void trainingHoldsWhatGradientsNeed() {
    int pairs = 10;
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      layers.add(new Conv2d(4, 4, 3, Convolution.DEFAULT.padding(1)));
      layers.add(new Relu());
    }
    var model = Sequential.of(layers);
    Tensor x = input(8, 4, 12, 12);
    workspace.run(
        () -> model.forward(x, Pass.training(new Philox(1))).sum().backward().parameters().size());
    // An output of each pair, and what one step of backpropagation reads and writes.
    assertThat(workspace.bytes()).isLessThanOrEqualTo((pairs + 3L) * Float.BYTES * 8 * 4 * 144);
  }

  // ---- layers that put something aside

  /** An autoencoder that leaves what its loss needs in fields. */
  private static final class Variational extends Layer {
    private final Sequential encoder =
        child("encoder", Sequential.of(new Dense(40, 64), new Tanh(), new Dense(64, 64)));
    private final Sequential decoder =
        child("decoder", Sequential.of(new Tanh(), new Dense(32, 40)));
    private final boolean keeps;
    private @Nullable Tensor mean;
    private @Nullable Tensor logVariance;

    Variational(boolean keeps) {
      this.keeps = keeps;
    }

    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      Tensor both = encoder.forward(input, pass);
      mean = put(both.slice(1, 0, 32));
      logVariance = put(both.slice(1, 32, 64).clamp(-5, 5));
      Tensor noise = Tensor.normal(pass.random(), 0, 1, mean.shape().toArray());
      return decoder.forward(mean.add(logVariance.mul(0.5).exp().mul(noise)), pass);
    }

    private Tensor put(Tensor tensor) {
      return keeps ? Workspace.keep(tensor) : tensor;
    }

    Tensor divergence() {
      if (mean == null || logVariance == null) {
        throw new IllegalStateException("no forward pass");
      }
      return mean.square().add(logVariance.exp()).sub(logVariance).sum();
    }
  }

  @Test
  void aModelMayPutTensorsAside() {
    var model = new Variational(false);
    trainsTheSame(
        model,
        input(64, 40),
        (x, pass) ->
            pass.isTraining()
                ? model.forward(x, pass).sub(x).add(model.divergence())
                : model.encoder.forward(x, pass));
  }

  @Test
  void aLayerOfASequentialKeepsWhatItPutsAside() {
    var kept = new Variational(true);
    var model = Sequential.of(new Tanh(), kept, new Tanh());
    trainsTheSame(
        model,
        input(64, 40),
        (x, pass) ->
            pass.isTraining()
                ? model.forward(x, pass).sub(x).add(kept.divergence())
                : kept.encoder.forward(x, pass));
  }

  /** Remembers what it computed last. */
  private static final class Remembering extends Layer {
    private @Nullable Tensor last;

    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      last = input.add(1);
      return last.add(1);
    }
  }

  @Test
  void aLayerOfASequentialThatKeepsNothingIsFoundOut() {
    var remembering = new Remembering();
    var model = Sequential.of(new Tanh(), remembering, new Tanh());
    workspace.run(() -> {
      Tensor _ = model.predict(input(64, 40));
      Tensor last = Objects.requireNonNull(remembering.last);
      assertThatThrownBy(last::sum)
          .hasMessageContaining("such as a layer of a Sequential; keep it with Workspace.keep");
      return 0;
    });
  }
}
