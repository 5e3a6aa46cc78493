package org.lawu.train;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Batch;
import org.lawu.error.ArgumentException;
import org.lawu.error.IndexException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/** How much the records of a batch count in training: their own weights, times their classes'. */
final class ClassWeights {
  private ClassWeights() {}

  /** Null where all count alike. */
  static @Nullable Tensor of(Batch batch, List<Double> classWeights) {
    Tensor own = batch.weights();
    if (classWeights.isEmpty()) {
      return own;
    }
    Tensor weights = ofLabels(batch.labels(), classWeights);
    if (own == null) {
      return weights;
    }
    if (own.dtype() == DType.BOOL) {
      throw new ArgumentException(
          "fit: class weights do not go with a mask of records; give the loss the class weights, or"
              + " the data set floating weights");
    }
    int[] sizes = new int[weights.rank()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = axis < own.rank() ? own.size(axis) : 1;
    }
    return weights.mul(own.reshape(sizes).to(DType.FLOAT32));
  }

  private static Tensor ofLabels(Tensor labels, List<Double> classWeights) {
    double[] numbers = labels.toDoubleArray();
    float[] weights = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      // Which negative labels are to be ignored is a matter of the loss.
      boolean ignored = labels.dtype() == DType.INT32 && numbers[i] < 0;
      int label = (int) numbers[i];
      if (label != numbers[i] || (!ignored && (label < 0 || label >= classWeights.size()))) {
        throw new IndexException(
            "fit: there are weights of %d classes, but a label is %s; labels must be 0 to %d"
                .formatted(classWeights.size(), numbers[i], classWeights.size() - 1));
      }
      weights[i] = ignored ? 1 : classWeights.get(label).floatValue();
    }
    return Tensor.of(weights, labels.shape().toArray());
  }
}
