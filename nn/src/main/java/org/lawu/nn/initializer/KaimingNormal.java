package org.lawu.nn.initializer;

import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Normal with mean 0 and standard deviation {@code gain / sqrt(fan)}. He et al., "Delving deep into
 * rectifiers" (ICCV 2015); PyTorch's {@code kaiming_normal_}.
 *
 * @param gain a factor for the activation that follows, see {@link Gain}; that of relu by default
 * @param mode which side counts; the inputs by default
 */
public record KaimingNormal(double gain, FanMode mode) implements Initializer {

  /**
   * With a gain and a mode.
   *
   * @throws org.lawu.error.ArgumentException if the gain is not positive and finite
   */
  public KaimingNormal {
    Fan.checkGain("kaimingNormal", gain);
  }

  /** With a gain, for the inputs. */
  public KaimingNormal(double gain) {
    this(gain, FanMode.FAN_IN);
  }

  /** For relu and the inputs. */
  public KaimingNormal() {
    this(Gain.RELU);
  }

  @Override
  public Tensor initialize(Shape shape, Philox random) {
    int fan = Fan.of("kaimingNormal", shape).of(mode);
    return new Normal(0, gain / Math.sqrt(fan)).initialize(shape, random);
  }
}
