package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.initializer.Constant;
import org.lawu.nn.initializer.Zeros;
import org.lawu.tensor.DType;
import org.lawu.tensor.Normalized;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** Batch normalization over all axes but the channels', axis 1. */
abstract sealed class BatchNorm extends Layer permits BatchNorm1d, BatchNorm2d {
  private final String name;
  private final int features;
  private final double epsilon;
  private final double momentum;
  private final Parameter weight;
  private final Parameter bias;
  private final Parameter runningMean;
  private final Parameter runningVariance;
  private final Parameter batches;

  BatchNorm(String name, int features, double epsilon, double momentum) {
    this.name = name;
    this.features = positive(name, "features", features);
    this.epsilon = Standardization.epsilon(name, epsilon);
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new ArgumentException(
          "%s: the momentum must be from 0 to 1, got %s; it is the share of the new batch"
              .formatted(name, momentum));
    }
    this.momentum = momentum;
    Shape shape = Shape.of(features);
    weight = parameter("weight", shape, new Constant(1));
    bias = parameter("bias", shape, new Zeros());
    runningMean = buffer("running_mean", Tensor.zeros(features));
    runningVariance = buffer("running_var", Tensor.ones(features));
    // A whole number in PyTorch; FLOAT64 counts as far as anybody trains.
    batches = buffer("num_batches_tracked", Tensor.scalar(0, DType.FLOAT64));
  }

  /** Refuses an input whose axes are not the layer's. */
  abstract void checkRank(Tensor input);

  final ShapeException wrongRank(String expected, Tensor input) {
    return new ShapeException(
        "%s: the input must be %s, got %s".formatted(name, expected, input.shape()));
  }

  @Override
  protected final Tensor compute(Tensor input, Pass pass) {
    Standardization.checkFloating(name, input);
    checkRank(input);
    Standardization.checkChannels(name, features, input);
    boolean learns = pass.isTraining() && !weight.isFrozen();
    return learns ? byBatch(input, pass) : byRunning(input);
  }

  private Tensor byRunning(Tensor input) {
    DType type = input.dtype();
    return input.batchNorm(
        weight.value().to(type),
        bias.value().to(type),
        runningMean.value().to(type),
        runningVariance.value().to(type),
        epsilon);
  }

  private Tensor byBatch(Tensor input, Pass pass) {
    int count = input.shape().elements() / features;
    if (count < 2) {
      throw new ShapeException(
          "%s: training needs more than one value for each channel, input is %s; use a larger batch"
              .formatted(name, input.shape()));
    }
    DType type = input.dtype();
    Normalized normalized =
        input.batchNorm(weight.value().to(type), bias.value().to(type), epsilon);
    if (!pass.isRecomputation()) {
      track(runningMean, normalized.mean());
      // The unbiased variance, as in PyTorch.
      track(runningVariance, normalized.variance().mul((double) count / (count - 1)));
      batches.set(batches.value().add(1));
    }
    return normalized.output();
  }

  /** {@code running = (1 - momentum) running + momentum value}. */
  private void track(Parameter running, Tensor value) {
    Tensor present = value.to(running.dtype());
    running.set(running.value().mul(1 - momentum).add(present.mul(momentum)));
  }

  @Override
  protected String description() {
    return "%s(%d)".formatted(getClass().getSimpleName(), features);
  }

  @Override
  public final Config config() {
    return Config.of("kind", getClass().getSimpleName())
        .with("features", features)
        .with("epsilon", epsilon)
        .with("momentum", momentum);
  }
}
