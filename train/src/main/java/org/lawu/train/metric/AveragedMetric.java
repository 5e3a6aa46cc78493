package org.lawu.train.metric;

import org.lawu.error.ArgumentException;

/**
 * A metric of single classes that becomes one number by an {@link Average}, or is that of a chosen
 * class. Its name tells: {@code f1}, {@code f1_macro}, {@code f1_class_3}.
 *
 * @param <M> the metric itself
 */
public abstract sealed class AveragedMetric<M extends AveragedMetric<M>> extends CountedMetric<M>
    permits Precision, Recall, F1, FBeta {
  private final Choice choice;

  /**
   * What is taken of the numbers of the classes.
   *
   * @param average the average
   * @param label the class instead; -1 for the average
   */
  record Choice(Average average, int label) {

    Choice(Average average) {
      this(average, -1);
    }

    boolean isClass() {
      return label >= 0;
    }

    String suffix() {
      return isClass() ? "_class_" + label : average.suffix();
    }
  }

  AveragedMetric(Reading reading, Choice choice) {
    super(reading);
    this.choice = choice;
  }

  /**
   * The same of a class alone.
   *
   * @throws ArgumentException if it is negative
   */
  public final M ofClass(int label) {
    if (label < 0) {
      throw new ArgumentException(
          "%s: a class must not be negative, got %d".formatted(baseName(), label));
    }
    return with(new Choice(choice.average(), label));
  }

  final Choice choice() {
    return choice;
  }

  abstract String baseName();

  abstract M with(Choice other);

  abstract double of(ConfusionMatrix matrix, int label);

  @Override
  public final String name() {
    return baseName() + choice.suffix();
  }

  @Override
  final void checkClasses(int classes) {
    if (choice.isClass() && choice.label() >= classes) {
      throw new ArgumentException(
          "%s: class %d is out of range 0 to %d".formatted(name(), choice.label(), classes - 1));
    }
    if (!choice.isClass() && choice.average() == Average.BINARY && classes != 2) {
      throw new ArgumentException(
          "%s: Average.BINARY needs 2 classes, there are %d; take MACRO, WEIGHTED or MICRO"
              .formatted(name(), classes));
    }
  }

  @Override
  final double from(ConfusionMatrix matrix) {
    return choice.isClass()
        ? of(matrix, choice.label())
        : matrix.average(choice.average(), label -> of(matrix, label));
  }
}
