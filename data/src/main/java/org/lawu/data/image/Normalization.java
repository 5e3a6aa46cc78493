package org.lawu.data.image;

import java.util.Arrays;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/**
 * Makes channels of these means and standard deviations those of 0 and 1.
 *
 * @param means one for each channel
 * @param deviations one for each channel, above 0
 */
record Normalization(double[] means, double[] deviations) {

  Normalization {
    boolean finite = Arrays.stream(means).allMatch(Double::isFinite);
    boolean positive = Arrays.stream(deviations).allMatch(x -> x > 0 && Double.isFinite(x));
    if (means.length == 0 || means.length != deviations.length || !finite || !positive) {
      throw new ArgumentException(
          ("normalize: there must be a mean and a deviation above 0 for each channel, all finite,"
                  + " got means %s and deviations %s")
              .formatted(Arrays.toString(means), Arrays.toString(deviations)));
    }
    means = means.clone();
    deviations = deviations.clone();
  }

  Tensor apply(Tensor images) {
    if (means.length != ImageChecks.channels(images)) {
      throw new ShapeException(
          "normalize: there are means for %d channels, and pictures %s"
              .formatted(means.length, images.shape()));
    }
    return images.sub(perChannel(means)).div(perChannel(deviations));
  }

  private static Tensor perChannel(double[] values) {
    float[] elements = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      elements[i] = (float) values[i];
    }
    return Tensor.of(elements, values.length, 1, 1);
  }
}
