package org.lawu.data;

import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/**
 * What makes a model's features out of raw inputs, in training and in use alike: texts into tokens,
 * the columns of a table into scaled numbers. What it has learnt from the training data (a
 * vocabulary, means and deviations) never changes, and is saved with the model. An implementation
 * reads its {@link #config} back in a static method {@code of(Config)}.
 *
 * @param <T> several raw inputs, such as a {@link Table} or a list of texts
 */
public interface Preprocessing<T> {

  /**
   * The features of raw inputs.
   *
   * @return {@code [n, ...]}
   * @throws org.lawu.error.LawuException if an input is not what the training data was like; the
   *     message tells which
   */
  Tensor apply(T inputs);

  /** All that is needed to make the same again; {@code kind} tells what it is. */
  Config config();
}
