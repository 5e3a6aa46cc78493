package org.lawu.nn.model;

import static org.lawu.nn.model.Setting.positive;

import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.layer.Conv2d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.MaxPool2d;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/**
 * The first convolutional network in wide use: two convolutions of 5 x 5, each followed by pooling,
 * and three dense layers. LeCun et al., "Gradient-based learning applied to document recognition"
 * (1998), as LeNet-5 is built today, with relu and the largest of four in place of the sigmoid and
 * their mean.
 *
 * <pre>{@code
 * var model = new LeNet(1, 10);
 * Tensor scores = model.predict(Tensor.zeros(32, 1, 28, 28)); // [32, 10]
 * }</pre>
 *
 * <p>Shapes: {@code [n, channels, 28, 28]}, around which two rows and columns of zeros are put, or
 * {@code [n, channels, 32, 32]}, to {@code [n, classes]}. Parameters: {@code conv1.*} and {@code
 * conv2.*} ({@link Conv2d}) with 6 and 16 channels, {@code fc1.*}, {@code fc2.*} and {@code fc3.*}
 * ({@link Dense}) with 120, 84 and {@code classes} outputs; 61,706 numbers for one channel and ten
 * classes.
 */
public final class LeNet extends Layer {
  private static final int SIDE = 32;
  private static final int SMALL_SIDE = 28;
  private static final int MAPS = 16;

  private final int channels;
  private final int classes;
  private final Conv2d conv1;
  private final Conv2d conv2;
  private final MaxPool2d pool;
  private final Dense fc1;
  private final Dense fc2;
  private final Dense fc3;

  /**
   * For images of so many channels.
   *
   * @throws org.lawu.error.ArgumentException if a number is below 1
   */
  public LeNet(int channels, int classes) {
    this.channels = positive("leNet", "channels", channels);
    this.classes = positive("leNet", "classes", classes);
    conv1 = child("conv1", new Conv2d(channels, 6, 5));
    conv2 = child("conv2", new Conv2d(6, MAPS, 5));
    pool = child("pool", new MaxPool2d(2));
    fc1 = child("fc1", new Dense(MAPS * 5 * 5, 120));
    fc2 = child("fc2", new Dense(120, 84));
    fc3 = child("fc3", new Dense(84, classes));
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    Tensor images = framed(input);
    Tensor fewer = Workspace.tidy(() -> pool.forward(conv1.forward(images, pass).relu(), pass));
    Tensor features = Workspace.tidy(() -> pool.forward(conv2.forward(fewer, pass).relu(), pass));
    Tensor x = fc1.forward(features.flatten(1), pass).relu();
    x = fc2.forward(x, pass).relu();
    return fc3.forward(x, pass);
  }

  private Tensor framed(Tensor input) {
    boolean isSquare =
        input.rank() == 4 && input.size(1) == channels && input.size(2) == input.size(3);
    int side = isSquare ? input.size(2) : 0;
    if (side != SIDE && side != SMALL_SIDE) {
      throw new ShapeException(
          "leNet: input must be [batch, %d, 28, 28] or [batch, %d, 32, 32], got %s"
              .formatted(channels, channels, input.shape()));
    }
    int frame = (SIDE - side) / 2;
    int[] around = {0, 0, frame, frame};
    return frame == 0 ? input : input.pad(around, around, 0);
  }

  @Override
  public LeNet initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "LeNet(channels %d, classes %d)".formatted(channels, classes);
  }

  @Override
  public Config config() {
    return Config.of("kind", "LeNet").with("channels", channels).with("classes", classes);
  }

  /** The layer that {@link #config} describes. */
  public static LeNet of(Config config) {
    return new LeNet(config.integer("channels"), config.integer("classes"));
  }
}
