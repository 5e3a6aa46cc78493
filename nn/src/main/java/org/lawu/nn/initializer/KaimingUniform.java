package org.lawu.nn.initializer;

import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Uniform in {@code [-b, b)} with {@code b = gain sqrt(3 / fan)}, which keeps the variance through
 * layers with relu. He et al., "Delving deep into rectifiers" (ICCV 2015); PyTorch's {@code
 * kaiming_uniform_}, Keras' {@code HeUniform}.
 *
 * @param gain a factor for the activation that follows, see {@link Gain}; that of relu by default
 * @param mode which side counts; the inputs by default
 */
public record KaimingUniform(double gain, FanMode mode) implements Initializer {

  /**
   * With a gain and a mode.
   *
   * @throws org.lawu.error.ArgumentException if the gain is not positive and finite
   */
  public KaimingUniform {
    Fan.checkGain("kaimingUniform", gain);
  }

  /** With a gain, for the inputs. */
  public KaimingUniform(double gain) {
    this(gain, FanMode.FAN_IN);
  }

  /** For relu and the inputs. */
  public KaimingUniform() {
    this(Gain.RELU);
  }

  @Override
  public Tensor initialize(Shape shape, Philox random) {
    int fan = Fan.of("kaimingUniform", shape).of(mode);
    double bound = gain * Math.sqrt(3.0 / fan);
    return new Uniform(-bound, bound).initialize(shape, random);
  }
}
