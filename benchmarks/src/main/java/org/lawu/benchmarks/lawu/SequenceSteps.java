package org.lawu.benchmarks.lawu;

import java.util.function.Supplier;
import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.EncoderForward;
import org.lawu.benchmarks.workload.Workload.EncoderStep;
import org.lawu.benchmarks.workload.Workload.TextLstmStep;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Embedding;
import org.lawu.nn.layer.Lstm;
import org.lawu.nn.layer.TransformerEncoder;
import org.lawu.nn.layer.TransformerEncoderLayer;
import org.lawu.nn.layer.TransformerOptions;
import org.lawu.nn.loss.BinaryCrossEntropy;
import org.lawu.nn.loss.MeanSquaredError;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/** Networks on sequences. */
final class SequenceSteps {
  private static final int WORDS = 10_000;
  private static final int TOKENS = 128;
  private static final int DIM = 384;

  private SequenceSteps() {}

  static Step of(TextLstmStep w) {
    var model = Training.withWeights(new TextClassifier());
    Tensor tokens =
        Tensor.of(Numbers.whole(1, w.batch() * w.length(), WORDS), w.batch(), w.length());
    int[] classes = Numbers.whole(2, w.batch(), 2);
    float[] truth = new float[w.batch()];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = classes[i];
    }
    Tensor labels = Tensor.of(truth, w.batch(), 1);
    var random = new Philox(3);
    var crossEntropy = new BinaryCrossEntropy();
    return new Training(
        () -> crossEntropy.of(model.forward(tokens, Pass.training(random)), labels));
  }

  private static final class TextClassifier extends Layer {
    private final Embedding embedding = child("embedding", new Embedding(WORDS, 50));
    private final Lstm lstm = child("lstm", new Lstm(50, 128));
    private final Dense output = child("output", new Dense(128, 1));

    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      Lstm.Result result = lstm.run(embedding.forward(input, pass), pass);
      return output.forward(result.state().h().select(0, 0), pass);
    }
  }

  static Step of(EncoderForward w) {
    TransformerEncoder encoder = encoder();
    Tensor x = sequences(1, w.batch());
    return new Computation(() -> encoder.predict(x));
  }

  static Step of(EncoderStep w) {
    TransformerEncoder encoder = encoder();
    Tensor x = sequences(1, w.batch());
    Tensor target = sequences(2, w.batch());
    var random = new Philox(3);
    var squaredError = new MeanSquaredError();
    return new Training(() -> squaredError.of(encoder.forward(x, Pass.training(random)), target));
  }

  private static TransformerEncoder encoder() {
    TransformerOptions options = TransformerOptions.standard().gelu().dropout(0);
    Supplier<TransformerEncoderLayer> layer =
        () -> new TransformerEncoderLayer(DIM, 12, 1536, options);
    return Training.withWeights(new TransformerEncoder(6, layer));
  }

  private static Tensor sequences(long seed, int batch) {
    return Tensor.of(Numbers.symmetric(seed, batch * TOKENS * DIM), batch, TOKENS, DIM);
  }
}
