package org.lawu.benchmarks.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.TextLstmStep;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The text classifier, with weights of its own: the loss is near log 2 whatever they are. */
final class TextClassifier implements Step {
  private static final int WORDS = 10_000;

  private final MultiLayerNetwork network;
  private final INDArray tokens;
  private final INDArray labels;

  TextClassifier(TextLstmStep w) {
    network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-3))
                .list()
                .layer(
                    new EmbeddingSequenceLayer.Builder()
                        .nIn(WORDS)
                        .nOut(50)
                        .inputLength(w.length())
                        .build())
                .layer(
                    new LastTimeStep(
                        new LSTM.Builder().nIn(50).nOut(128).activation(Activation.TANH).build()))
                .layer(
                    new OutputLayer.Builder(LossFunction.XENT)
                        .nIn(128)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .setInputType(InputType.recurrent(WORDS, w.length()))
                .build());
    network.init();
    tokens = numbers(Numbers.whole(1, w.batch() * w.length(), WORDS), w.batch(), w.length());
    labels = numbers(Numbers.whole(2, w.batch(), 2), w.batch(), 1);
  }

  private static INDArray numbers(int[] whole, int rows, int columns) {
    float[] numbers = new float[whole.length];
    for (int i = 0; i < whole.length; i++) {
      numbers[i] = whole[i];
    }
    return Nd4j.create(numbers, new int[] {rows, columns});
  }

  @Override
  public void run() {
    network.fit(tokens, labels);
  }

  @Override
  public double check() {
    run();
    return network.score();
  }
}
