package org.lawu.data;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.FormatException;
import org.lawu.error.IndexException;
import org.lawu.io.Config;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * Numbers classes that are given as text: from 0 in sorted order, as scikit-learn's {@code
 * LabelEncoder} does. Where all are whole numbers they are sorted by value, so that 10 comes after
 * 9. Immutable.
 *
 * <pre>{@code
 * var encoder = LabelEncoder.fit(List.of("setosa", "virginica", "setosa"));
 * encoder.transform(List.of("virginica", "setosa")); // [1, 0]
 * }</pre>
 */
public final class LabelEncoder {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");

  private final List<String> classes;
  private final Map<String, Integer> numbers = new HashMap<>();

  private LabelEncoder(List<String> classes) {
    this.classes = classes;
    for (String name : classes) {
      numbers.put(name, numbers.size());
    }
  }

  /**
   * An encoder of the distinct values.
   *
   * @throws ArgumentException if there are none
   */
  public static LabelEncoder fit(Collection<String> values) {
    if (values.isEmpty()) {
      throw new ArgumentException("labelEncoder: there are no values to learn classes from");
    }
    boolean numeric = values.stream().allMatch(value -> WHOLE_NUMBER.matcher(value).matches());
    Comparator<String> order = Comparator.naturalOrder();
    if (numeric) {
      order = Comparator.<String>comparingLong(Long::parseLong).thenComparing(order);
    }
    return new LabelEncoder(values.stream().distinct().sorted(order).toList());
  }

  /**
   * An encoder that was saved.
   *
   * @throws org.lawu.error.FormatException if the settings are not those of {@link #config}
   */
  public static LabelEncoder of(Config config) {
    List<String> classes = config.strings("classes");
    if (new HashSet<>(classes).size() != classes.size()) {
      throw new FormatException(
          "labelEncoder: the saved classes must differ, got %s".formatted(classes));
    }
    return new LabelEncoder(classes);
  }

  /** All that is needed to make the same again. */
  public Config config() {
    return Config.of("kind", "LabelEncoder").withStrings("classes", classes);
  }

  /** The classes; the position of each is its number. */
  public List<String> classes() {
    return classes;
  }

  /**
   * The numbers of values: INT32 {@code [n]}.
   *
   * @throws ArgumentException if a value is not one of the classes
   */
  public Tensor transform(List<String> values) {
    return Tensor.of(values.stream().mapToInt(this::number).toArray());
  }

  private int number(String value) {
    Integer number = numbers.get(value);
    if (number == null) {
      throw new ArgumentException(
          "labelEncoder: \"%s\" is not among the classes %s; fit on all values"
              .formatted(value, classes));
    }
    return number;
  }

  /**
   * Values as rows that are 1 at the class and 0 elsewhere: FLOAT32 {@code [n, classes]}.
   *
   * @throws ArgumentException if a value is not one of the classes
   */
  public Tensor oneHot(List<String> values) {
    return transform(values).oneHot(classes.size());
  }

  /**
   * The classes with the given numbers.
   *
   * @param labels INT32, of any shape
   * @throws DTypeException if the labels are not INT32
   * @throws IndexException if a label is not the number of a class
   */
  public List<String> inverse(Tensor labels) {
    if (labels.dtype() != DType.INT32) {
      throw new DTypeException(
          "labelEncoder: labels must be INT32, got %s %s; take argMax of probabilities first"
              .formatted(labels.dtype(), labels.shape()));
    }
    return Arrays.stream(labels.toIntArray()).mapToObj(this::name).toList();
  }

  private String name(int number) {
    if (number < 0 || number >= classes.size()) {
      throw new IndexException(
          "labelEncoder: there is no class %d; the classes %s are counted from 0"
              .formatted(number, classes));
    }
    return classes.get(number);
  }
}
