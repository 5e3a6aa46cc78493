package org.lawu.benchmarks.lawu;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.MlpStep;
import org.lawu.benchmarks.workload.Workload.TextLstmStep;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.layer.TransformerEncoder;
import org.lawu.nn.layer.TransformerEncoderLayer;
import org.lawu.nn.layer.TransformerOptions;
import org.lawu.nn.loss.MeanSquaredError;
import org.lawu.tensor.Tensor;

/** How time and memory of a training step grow with the batch, the width and the length. */
public final class Scaling {
  private static final long WARM_UP_NANOSECONDS = 4_000_000_000L;
  private static final int ROUNDS = 15;

  private Scaling() {}

  /**
   * Steps of a growing size.
   *
   * @param step of a size
   */
  private record Curve(String name, List<Integer> sizes, IntFunction<Step> step) {}

  private static final List<Curve> CURVES =
      List.of(
          new Curve(
              "Dense(784, 128), Dense(128, 10): batch",
              List.of(32, 128, 512, 2048),
              batch -> MlpSteps.of(new MlpStep("mlp", batch))),
          new Curve(
              "Dense(784, w), Dense(w, w), Dense(w, 10), batch 128: width w",
              List.of(128, 256, 512, 1024, 2048),
              Scaling::wide),
          new Curve(
              "Embedding, LSTM(128), batch 32: length",
              List.of(50, 100, 200, 400, 800),
              length -> SequenceSteps.of(new TextLstmStep("lstm", 32, length))),
          new Curve(
              "two encoder layers, 384 wide, batch 4: length",
              List.of(64, 128, 256, 512, 1024),
              Scaling::attention));

  /** Prints a table. */
  public static void main(String[] arguments) {
    System.out.println("| step | size | ms | x | activations, MB | x |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    for (Curve curve : CURVES) {
      double time = Double.NaN;
      double memory = Double.NaN;
      // The first size would otherwise be measured while C2 still compiles what the curve runs.
      milliseconds(curve.step().apply(curve.sizes().getFirst()));
      for (int size : curve.sizes()) {
        Training step = (Training) curve.step().apply(size);
        double nextTime = milliseconds(step);
        double nextMemory = StepMemory.activations(step) / (1 << 20);
        System.out.printf(
            Locale.ROOT,
            "| %s | %d | %.3f | %s | %.2f | %s |%n",
            curve.name(),
            size,
            nextTime,
            factor(nextTime / time),
            nextMemory,
            factor(nextMemory / memory));
        time = nextTime;
        memory = nextMemory;
      }
    }
  }

  private static String factor(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
  }

  /** The median of several rounds, after warming up. */
  private static double milliseconds(Step step) {
    long start = System.nanoTime();
    int runs = 0;
    do {
      step.run();
      runs++;
    } while (System.nanoTime() - start < WARM_UP_NANOSECONDS);
    int each = Math.max(1, runs / 80);
    double[] times = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long from = System.nanoTime();
      for (int i = 0; i < each; i++) {
        step.run();
      }
      times[round] = (System.nanoTime() - from) / 1e6 / each;
    }
    Arrays.sort(times);
    return times[ROUNDS / 2];
  }

  private static Step wide(int width) {
    Sequential model =
        Training.withWeights(
            Sequential.of(
                new Dense(784, width),
                new Relu(),
                new Dense(width, width),
                new Relu(),
                new Dense(width, 10)));
    return regression(model, new int[] {128, 784}, new int[] {128, 10});
  }

  private static Step attention(int length) {
    TransformerOptions options = TransformerOptions.standard().gelu().dropout(0);
    Supplier<TransformerEncoderLayer> layer =
        () -> new TransformerEncoderLayer(384, 12, 1536, options);
    int[] sizes = {4, length, 384};
    return regression(Training.withWeights(new TransformerEncoder(2, layer)), sizes, sizes);
  }

  private static Training regression(Layer model, int[] inputs, int[] outputs) {
    Tensor x = numbers(1, inputs);
    Tensor target = numbers(2, outputs);
    var squaredError = new MeanSquaredError();
    return new Training(() -> squaredError.of(model.forward(x, Pass.inference()), target));
  }

  private static Tensor numbers(long seed, int... sizes) {
    int count = Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    return Tensor.of(Numbers.symmetric(seed, count), sizes);
  }
}
