package org.lawu.benchmarks.workload;

/**
 * A piece of work that libraries are compared on. Sizes and data are the same for all of them:
 * operands come from {@link Numbers}, weights from {@link Weights}, so that what {@link
 * Step#check()} gives can be compared. Numbers are FLOAT32.
 */
public sealed interface Workload {

  /** The name in tables. */
  String name();

  /**
   * The product of two matrices.
   *
   * @param rows of the result
   * @param inner columns of the first and rows of the second operand
   * @param columns of the result
   * @param transposedA whether the first operand is stored as {@code [inner, rows]}
   * @param transposedB whether the second operand is stored as {@code [columns, inner]}
   */
  record MatMul(
      String name, int rows, int inner, int columns, boolean transposedA, boolean transposedB)
      implements Workload {}

  /** A square matrix times a vector. */
  record MatVec(String name, int size) implements Workload {}

  /** Products of matrices {@code [batch, rows, inner]} and {@code [batch, inner, columns]}. */
  record BatchedMatMul(String name, int batch, int rows, int inner, int columns)
      implements Workload {}

  /** What is done to each element, or to each row. */
  enum Function {
    /** {@code x + y}. */
    ADD,
    /** {@code e^x}. */
    EXP,
    /** Hyperbolic tangent. */
    TANH,
    /** The sum of all. */
    SUM,
    /** {@code x * y + z}. */
    MULTIPLY_ADD,
    /** {@code x Phi(x)}, exact. */
    GELU,
    /** A vector added to each row. */
    BROADCAST_ADD,
    /** Softmax of each row. */
    SOFTMAX,
    /** Layer normalization of each row, with weight and bias, epsilon 1e-5. */
    LAYER_NORM
  }

  /** A function of a matrix, the result being new. */
  record Elementwise(String name, Function function, int rows, int columns) implements Workload {}

  /**
   * A training step of Dense(784, 128), relu, dropout 0.2, Dense(128, 10): cross-entropy,
   * gradients, Adam.
   */
  record MlpStep(String name, int batch) implements Workload {}

  /**
   * A training step on images {@code [batch, 1, 28, 28]}: convolution 3x3 to 32 channels, relu, 3x3
   * to 64, relu, maximum of 2x2, flatten, Dense(9216, 128), relu, Dense(128, 10), cross-entropy,
   * gradients, Adam.
   */
  record CnnStep(String name, int batch) implements Workload {}

  /** Inference with the network of {@link CnnStep}. */
  record CnnForward(String name, int batch) implements Workload {}

  /**
   * A training step of a residual block on {@code [batch, 64, 56, 56]}: convolution 3x3 without
   * bias, batch normalization, relu, convolution, batch normalization, plus the input, relu; the
   * loss is the mean of the result, the input gets a gradient, Adam.
   */
  record ResidualBlockStep(String name, int batch) implements Workload {}

  /**
   * A training step of MobileNetV2's block on {@code [batch, 24, 56, 56]}: convolution 1x1 to 144
   * channels, each channel by itself 3x3, 1x1 back to 24, without biases; batch normalization after
   * each, relu after the first two, plus the input; the loss is the mean of the squares, the input
   * gets a gradient, Adam.
   */
  record InvertedResidualStep(String name, int batch) implements Workload {}

  /**
   * A training step on tokens {@code [batch, length]}: Embedding(10000, 50), LSTM of 128, its last
   * output, Dense(128, 1), binary cross-entropy of the logit, Adam.
   */
  record TextLstmStep(String name, int batch, int length) implements Workload {}

  /**
   * Inference with six post-norm Transformer encoder layers on {@code [batch, 128, 384]}: 12 heads,
   * 1536 hidden, exact gelu.
   */
  record EncoderForward(String name, int batch) implements Workload {}

  /**
   * A training step of the layers of {@link EncoderForward}: mean squared error to a given target,
   * Adam; no dropout.
   */
  record EncoderStep(String name, int batch) implements Workload {}

  /** An epoch of {@link MlpStep} over MNIST, the batches shuffled and gathered from memory. */
  record MnistEpoch(String name, int batch) implements Workload {}

  /**
   * From the start of the process to the first prediction of the network of {@link MlpStep} for one
   * image, its weights being read from a file. Each run is a process of its own.
   */
  record ColdStart(String name) implements Workload {}
}
