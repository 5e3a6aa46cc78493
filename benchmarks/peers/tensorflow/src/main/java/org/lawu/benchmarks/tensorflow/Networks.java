package org.lawu.benchmarks.tensorflow;

import java.util.List;
import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Weights;
import org.lawu.benchmarks.workload.Workload.CnnForward;
import org.lawu.benchmarks.workload.Workload.CnnStep;
import org.lawu.benchmarks.workload.Workload.MlpStep;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The networks for MNIST, with images {@code [batch, height, width, channels]}, which TensorFlow
 * wants on processors.
 */
final class Networks {
  private static final int CLASSES = 10;

  private Networks() {}

  static Step of(MlpStep w, int threads) {
    var model = new Model(threads);
    Ops ops = model.ops();
    int batch = w.batch();
    Operand<TFloat32> images = model.input(Numbers.uniform(1, batch * 784, 0, 1), batch, 784);
    Operand<TFloat32> hidden = ops.nn.relu(dense(model, images, "0", 128, 784));
    Operand<TFloat32> random =
        ops.random.randomUniform(ops.constant(new int[] {batch, 128}), TFloat32.class);
    // Floor of [0.8, 1.8) is 1 in four of five cases.
    Operand<TFloat32> kept = ops.math.floor(ops.math.add(random, ops.constant(0.8f)));
    Operand<TFloat32> dropped = ops.math.mul(ops.math.mul(hidden, kept), ops.constant(1.25f));
    return Run.training(model, loss(model, dense(model, dropped, "3", CLASSES, 128), batch));
  }

  static Step of(CnnStep w, int threads) {
    var model = new Model(threads);
    return Run.training(model, loss(model, convolutional(model, w.batch()), w.batch()));
  }

  static Step of(CnnForward w, int threads) {
    var model = new Model(threads);
    return Run.inference(model, convolutional(model, w.batch()));
  }

  private static Operand<TFloat32> convolutional(Model model, int batch) {
    Ops ops = model.ops();
    Operand<TFloat32> x = model.input(Numbers.uniform(1, batch * 784, 0, 1), batch, 28, 28, 1);
    x = ops.nn.relu(convolution(model, x, "0", 32, 1));
    x = ops.nn.relu(convolution(model, x, "2", 64, 32));
    Operand<TInt32> window = ops.constant(new int[] {1, 2, 2, 1});
    x = ops.nn.maxPool(x, window, window, "VALID");
    x = ops.reshape(x, ops.constant(new int[] {batch, 9216}));
    Operand<TFloat32> weight =
        model.parameter(channelsLast(Weights.of("6.weight", 128, 9216), 128, 64, 144), 128, 9216);
    Operand<TFloat32> hidden =
        ops.nn.biasAdd(
            ops.linalg.matMul(x, weight, MatMul.transposeB(true)),
            model.parameter(Weights.of("6.bias", 128), 128));
    return dense(model, ops.nn.relu(hidden), "8", CLASSES, 128);
  }

  private static Operand<TFloat32> convolution(
      Model model, Operand<TFloat32> x, String name, int out, int in) {
    Ops ops = model.ops();
    // [out, in, 3, 3] to [3, 3, in, out].
    float[] stored = Weights.of(name + ".weight", out, in, 3, 3);
    float[] filter = new float[stored.length];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        for (int place = 0; place < 9; place++) {
          filter[(place * in + i) * out + o] = stored[(o * in + i) * 9 + place];
        }
      }
    }
    return ops.nn.biasAdd(
        ops.nn.conv2d(x, model.parameter(filter, 3, 3, in, out), List.of(1L, 1L, 1L, 1L), "VALID"),
        model.parameter(Weights.of(name + ".bias", out), out));
  }

  /** From {@code [rows, channels, places]} to {@code [rows, places, channels]}. */
  private static float[] channelsLast(float[] x, int rows, int channels, int places) {
    float[] y = new float[x.length];
    for (int row = 0; row < rows; row++) {
      for (int channel = 0; channel < channels; channel++) {
        for (int place = 0; place < places; place++) {
          y[(row * places + place) * channels + channel] =
              x[(row * channels + channel) * places + place];
        }
      }
    }
    return y;
  }

  private static Operand<TFloat32> dense(
      Model model, Operand<TFloat32> x, String name, int out, int in) {
    Ops ops = model.ops();
    Operand<TFloat32> weight = model.parameter(Weights.of(name + ".weight", out, in), out, in);
    return ops.nn.biasAdd(
        ops.linalg.matMul(x, weight, MatMul.transposeB(true)),
        model.parameter(Weights.of(name + ".bias", out), out));
  }

  private static Operand<TFloat32> loss(Model model, Operand<TFloat32> scores, int batch) {
    Ops ops = model.ops();
    int[] labels = Numbers.whole(2, batch, CLASSES);
    float[] oneHot = new float[batch * CLASSES];
    for (int i = 0; i < batch; i++) {
      oneHot[i * CLASSES + labels[i]] = 1;
    }
    return ops.math.mean(
        ops.nn.softmaxCrossEntropyWithLogits(scores, model.input(oneHot, batch, CLASSES)).loss(),
        ops.constant(0));
  }
}
