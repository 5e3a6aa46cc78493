package org.lawu.train.model;

import java.util.Arrays;
import java.util.List;
import org.lawu.error.FormatException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/** What the numbers mean that come out of a model. */
public sealed interface Output permits Classes, Binary, Numbers, Raw {

  /**
   * A score for each class, as for the loss {@link org.lawu.nn.loss.CrossEntropy}.
   *
   * @param names the classes by their number, two or more
   * @throws org.lawu.error.ArgumentException if there are fewer, or one twice
   */
  static Classes classes(String... names) {
    return classes(Arrays.asList(names));
  }

  /** The same as {@link #classes(String...)}. */
  static Classes classes(List<String> names) {
    return new Classes(names, false);
  }

  /**
   * A score for one of two classes, as for the loss {@link org.lawu.nn.loss.BinaryCrossEntropy};
   * the positive one is predicted from a probability of 0.5 up.
   *
   * @param negative the class of the label 0
   * @param positive the class of the label 1
   * @throws org.lawu.error.ArgumentException if they are the same
   */
  static Binary binary(String negative, String positive) {
    return new Binary(negative, positive, 0.5, false);
  }

  /**
   * Numbers, as for the loss {@link org.lawu.nn.loss.MeanSquaredError}.
   *
   * @param names of the numbers, one or more
   * @throws org.lawu.error.ArgumentException if there are none, or one twice
   */
  static Numbers numbers(String... names) {
    return Numbers.of(List.of(names));
  }

  /** Numbers that are not explained; they are named {@code 0}, {@code 1} and so on. */
  static Raw raw() {
    return new Raw();
  }

  /**
   * What a model's output says about each input.
   *
   * @param output {@code [n, ...]}
   * @throws ShapeException if it is of another shape than this needs
   */
  List<Prediction> read(Tensor output);

  /** All that is needed to make the same again; {@code kind} tells what it is. */
  Config config();

  /**
   * Reads what {@link #config} wrote.
   *
   * @throws FormatException if the kind is not known, or the settings do not fit it
   */
  static Output of(Config config) {
    return switch (config.string("kind")) {
      case Classes.KIND -> Classes.of(config);
      case Binary.KIND -> Binary.of(config);
      case Numbers.KIND -> Numbers.of(config);
      case Raw.KIND -> raw();
      default ->
          throw new FormatException(
              "%s: there is no kind of output \"%s\""
                  .formatted(config.source(), config.string("kind")));
    };
  }

  /** The output as {@code [n, count]}. */
  static double[][] rows(String kind, Tensor output, int count) {
    boolean fits =
        (output.rank() == 2 && output.size(1) == count) || (output.rank() == 1 && count == 1);
    if (!fits) {
      throw new ShapeException(
          "%s: the model's output must be [n, %d]%s, got %s"
              .formatted(kind, count, count == 1 ? " or [n]" : "", output.shape()));
    }
    double[] all = output.toDoubleArray();
    double[][] rows = new double[output.size(0)][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(all, i * count, (i + 1) * count);
    }
    return rows;
  }
}
