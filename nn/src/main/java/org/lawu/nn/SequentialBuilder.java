package org.lawu.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.lawu.error.ArgumentException;
import org.lawu.error.LawuException;
import org.lawu.error.ShapeException;
import org.lawu.nn.layer.AdaptiveAvgPool2d;
import org.lawu.nn.layer.AvgPool2d;
import org.lawu.nn.layer.BatchNorm1d;
import org.lawu.nn.layer.BatchNorm2d;
import org.lawu.nn.layer.Conv1d;
import org.lawu.nn.layer.Conv2d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Embedding;
import org.lawu.nn.layer.Flatten;
import org.lawu.nn.layer.Gelu;
import org.lawu.nn.layer.GlobalAvgPool2d;
import org.lawu.nn.layer.Gru;
import org.lawu.nn.layer.LayerNorm;
import org.lawu.nn.layer.LeakyRelu;
import org.lawu.nn.layer.Lstm;
import org.lawu.nn.layer.MaxPool2d;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.layer.Sigmoid;
import org.lawu.nn.layer.Silu;
import org.lawu.nn.layer.Tanh;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Writes down a {@link Sequential} without the sizes that follow from those before: each step makes
 * its layer for the shape that has come out so far.
 *
 * <pre>{@code
 * Sequential model =
 *     Sequential.input(1, 28, 28).conv2d(32, 3).relu().maxPool2d(2).flatten().dense(10).build();
 * }</pre>
 *
 * <p>The layers are those of {@code org.lawu.nn.layer} and are named by their position, as in
 * {@link Sequential#of}; {@link #then} takes any other. A step that does not fit fails at once and
 * says which it is. To know the shape, each layer runs on one example of zeros.
 *
 * <p>A builder never changes: every step returns another, so two models may begin alike. They then
 * share the layers of the beginning.
 */
public final class SequentialBuilder {
  private final List<Layer> layers;

  /** One example that has come out so far, as a batch of one. */
  private final Tensor example;

  private SequentialBuilder(List<Layer> layers, Tensor example) {
    this.layers = layers;
    this.example = example;
  }

  /** Before the first step. */
  static SequentialBuilder from(DType dtype, int... sizes) {
    if (Arrays.stream(sizes).anyMatch(size -> size < 1)) {
      throw new ArgumentException(
          "input: every size must be at least 1, got %s; leave out the batch"
              .formatted(Arrays.toString(sizes)));
    }
    return new SequentialBuilder(List.of(), Tensor.zeros(Shape.of(sizes).insert(0, 1), dtype));
  }

  /** The model. */
  public Sequential build() {
    return Sequential.of(layers);
  }

  /** The shape of one example that has come out so far, without the batch. */
  public Shape shape() {
    return example.shape().slice(1, example.rank());
  }

  /** Any layer that takes one input. */
  public SequentialBuilder then(Layer layer) {
    return step(layer.line(), () -> layer);
  }

  private SequentialBuilder step(String name, Supplier<? extends Layer> making) {
    try {
      Layer layer = making.get();
      List<Layer> longer = new ArrayList<>(layers);
      longer.add(layer);
      return new SequentialBuilder(List.copyOf(longer), layer.predict(example));
    } catch (LawuException fault) {
      throw Place.prefixed(
          "at step %d, %s, after %s".formatted(layers.size(), name, shape()), fault);
    }
  }

  private static String call(String name, int... numbers) {
    return Arrays.stream(numbers)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", name + "(", ")"));
  }

  /** The size of an axis of one example, which must have so many axes. */
  private int size(int axis, int rank, String expected) {
    if (shape().rank() != rank) {
      throw new ShapeException(
          "needs %s, what has come out so far is %s".formatted(expected, shape()));
    }
    return shape().size(axis);
  }

  private int images() {
    return size(0, 3, "images [channels, height, width]");
  }

  private int last() {
    if (shape().rank() == 0) {
      throw new ShapeException("needs an axis, what has come out so far is a number");
    }
    return shape().size(-1);
  }

  // ---- linear maps and convolutions

  /** {@link Dense} on the last axis. */
  public SequentialBuilder dense(int out) {
    return step(call("dense", out), () -> new Dense(last(), out));
  }

  /** {@link Embedding} of tokens {@code 0 .. count - 1}; begin with {@link Sequential#tokens}. */
  public SequentialBuilder embedding(int count, int dim) {
    return step(call("embedding", count, dim), () -> new Embedding(count, dim));
  }

  /** {@link Conv1d} with stride 1 and no padding. */
  public SequentialBuilder conv1d(int out, int kernel) {
    return step(
        call("conv1d", out, kernel),
        () -> new Conv1d(size(0, 2, "sequences [channels, time]"), out, kernel));
  }

  /** {@link Conv2d} with a square kernel, stride 1 and no padding. */
  public SequentialBuilder conv2d(int out, int kernel) {
    return conv2d(out, kernel, Convolution.DEFAULT);
  }

  /** {@link Conv2d} with a square kernel. */
  public SequentialBuilder conv2d(int out, int kernel, Convolution how) {
    return step(call("conv2d", out, kernel), () -> new Conv2d(images(), out, kernel, how));
  }

  /** {@link Lstm} over {@code [time, features]}. */
  public SequentialBuilder lstm(int hidden) {
    return step(
        call("lstm", hidden), () -> new Lstm(size(1, 2, "sequences [time, features]"), hidden));
  }

  /** {@link Gru} over {@code [time, features]}. */
  public SequentialBuilder gru(int hidden) {
    return step(
        call("gru", hidden), () -> new Gru(size(1, 2, "sequences [time, features]"), hidden));
  }

  // ---- pooling and shape

  /** {@link MaxPool2d} with windows side by side. */
  public SequentialBuilder maxPool2d(int size) {
    return step(call("maxPool2d", size), () -> new MaxPool2d(size));
  }

  /** {@link AvgPool2d} with windows side by side. */
  public SequentialBuilder avgPool2d(int size) {
    return step(call("avgPool2d", size), () -> new AvgPool2d(size));
  }

  /** {@link AdaptiveAvgPool2d}. */
  public SequentialBuilder adaptiveAvgPool2d(int height, int width) {
    return step(
        call("adaptiveAvgPool2d", height, width), () -> new AdaptiveAvgPool2d(height, width));
  }

  /** {@link GlobalAvgPool2d}. */
  public SequentialBuilder globalAvgPool2d() {
    return step(call("globalAvgPool2d"), GlobalAvgPool2d::new);
  }

  /** {@link Flatten}. */
  public SequentialBuilder flatten() {
    return step(call("flatten"), Flatten::new);
  }

  // ---- normalization and dropout

  /** {@link BatchNorm2d} of images, {@link BatchNorm1d} of anything else. */
  public SequentialBuilder batchNorm() {
    return step(
        call("batchNorm"),
        () ->
            shape().rank() == 3
                ? new BatchNorm2d(shape().size(0))
                : new BatchNorm1d(shape().rank() == 0 ? last() : shape().size(0)));
  }

  /** {@link LayerNorm} along the last axis. */
  public SequentialBuilder layerNorm() {
    return step(call("layerNorm"), () -> new LayerNorm(last()));
  }

  /** {@link Dropout}. */
  public SequentialBuilder dropout(double rate) {
    return step("dropout(%s)".formatted(rate), () -> new Dropout(rate));
  }

  // ---- activations

  /** {@link Relu}. */
  public SequentialBuilder relu() {
    return step(call("relu"), Relu::new);
  }

  /** {@link LeakyRelu}. */
  public SequentialBuilder leakyRelu(double slope) {
    return step("leakyRelu(%s)".formatted(slope), () -> new LeakyRelu(slope));
  }

  /** {@link Gelu}. */
  public SequentialBuilder gelu() {
    return step(call("gelu"), Gelu::new);
  }

  /** {@link Silu}. */
  public SequentialBuilder silu() {
    return step(call("silu"), Silu::new);
  }

  /** {@link Sigmoid}. */
  public SequentialBuilder sigmoid() {
    return step(call("sigmoid"), Sigmoid::new);
  }

  /** {@link Tanh}. */
  public SequentialBuilder tanh() {
    return step(call("tanh"), Tanh::new);
  }
}
