package org.lawu.tensor;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.error.AnomalyException;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.operation.Backward;
import org.lawu.internal.operation.GradientRule;

/** Looks at what operations give, and says where the first NaN or infinity came from. */
final class Anomaly {
  private static final String MESSAGE = "anomaly: ";

  /** The innermost part of the model that is running, where one has said so. */
  private static final ScopedValue<Supplier<String>> PLACE = ScopedValue.newInstance();

  private Anomaly() {}

  static <T> T at(Supplier<String> place, Supplier<T> body) {
    return ScopedValue.where(PLACE, place).call(body::get);
  }

  /** What an array holds. */
  private enum Content {
    FINITE("a finite number"),
    INFINITE("infinity"),
    NAN("NaN");

    final String words;

    Content(String words) {
      this.words = words;
    }

    static Content of(NdArray array) {
      NdArray dense = array.contiguous();
      int from = dense.offset();
      int to = from + dense.elements();
      Content content = FINITE;
      for (int i = from; i < to; i++) {
        double value =
            switch (dense.dtype()) {
              case FLOAT32 -> dense.floats()[i];
              case FLOAT64 -> dense.doubles()[i];
              case INT32, BOOL -> 0;
            };
        if (Double.isNaN(value)) {
          return NAN;
        }
        if (Double.isInfinite(value)) {
          content = INFINITE;
        }
      }
      return content;
    }
  }

  /**
   * Refuses a NaN in the output, and an infinity that no input has: one that is handed on, such as
   * that of a mask, is meant.
   */
  static void check(String operation, NdArray[] inputs, NdArray output) {
    Content found = Content.of(output);
    if (found == Content.FINITE) {
      return;
    }
    String infinite = "";
    for (int i = 0; i < inputs.length; i++) {
      Content input = Content.of(inputs[i]);
      if (input == Content.NAN) {
        throw new AnomalyException(
            MESSAGE
                + "NaN came in with input %d of %s %s: it is in a parameter, in the data, or was"
                    .formatted(i, operation, inputs[i].shape())
                + " computed unwatched");
      }
      if (input == Content.INFINITE) {
        if (found == Content.INFINITE) {
          return;
        }
        infinite = "; input %d has infinity".formatted(i);
      }
    }
    throw new AnomalyException(
        MESSAGE
            + "%s first appeared in the output of %s %s%s"
                .formatted(found.words, operation, output.shape(), infinite));
  }

  /** The rule of an operation, which remembers in what part of the model it ran. */
  static GradientRule located(GradientRule rule) {
    String place = PLACE.isBound() ? PLACE.get().get() : "";
    return place.isEmpty() ? rule : new Located(rule, place);
  }

  private record Located(GradientRule rule, String place) implements GradientRule {
    @Override
    public String name() {
      return rule.name();
    }

    @Override
    public Saves saves() {
      return rule.saves();
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      return rule.gradients(backward);
    }
  }

  /** Runs a gradient rule; says of which operation, and in what part of the model, it is. */
  static @Nullable Tensor[] gradients(GradientRule rule, Backward backward) {
    @Nullable Tensor[] gradients;
    try {
      gradients = rule.gradients(backward);
    } catch (AnomalyException fault) {
      throw inGradient(rule, String.valueOf(fault.getMessage()).replaceFirst(MESSAGE, ""));
    }
    // A rule of the user's own computes unwatched what it computes outside tensors.
    if (Content.of(backward.gradient().array) == Content.FINITE) {
      for (Tensor gradient : gradients) {
        Content found = gradient == null ? Content.FINITE : Content.of(gradient.array);
        if (found != Content.FINITE) {
          throw inGradient(rule, found.words + " first appeared");
        }
      }
    }
    return gradients;
  }

  private static AnomalyException inGradient(GradientRule rule, String what) {
    String place = rule instanceof Located located ? "at " + located.place + ": " : "";
    return new AnomalyException(
        place + MESSAGE + "in the gradient of %s: %s".formatted(rule.name(), what));
  }
}
