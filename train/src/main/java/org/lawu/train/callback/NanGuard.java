package org.lawu.train.callback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.error.AnomalyException;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;
import org.lawu.train.BackwardPass;
import org.lawu.train.Callback;
import org.lawu.train.Training;

/**
 * Ends a training with an error before the first step whose loss or gradient has a NaN or an
 * infinity, and says in which layer it arose.
 *
 * <pre>{@code
 * trainer.fit(dataset, Fit.forEpochs(5).callbacks(new NanGuard()));
 * // nan guard: the loss is NaN in epoch 2, batch 17, before step 355: at 3: anomaly: NaN first
 * // appeared in the output of log [32, 10]; parameters and buffers are those after step 354
 * }</pre>
 *
 * <p>It looks at the norm of every batch's gradients, a pass over as many numbers as the model has.
 * At a fault the batch is computed again under {@link Autograd#detectAnomaly}, with the same random
 * numbers.
 */
public final class NanGuard implements Callback {
  /** Before the present batch. */
  private Map<Parameter, Tensor> buffers = Map.of();

  /** A guard of one training at a time. */
  public NanGuard() {}

  @Override
  public void started(Training training) {
    remember(training);
  }

  @Override
  public void epochStarted(Training training) {
    remember(training);
  }

  private void remember(Training training) {
    Map<Parameter, Tensor> values = new LinkedHashMap<>();
    for (Parameter parameter : training.model().namedParameters().values()) {
      if (parameter.isBuffer()) {
        values.put(parameter, parameter.value());
      }
    }
    buffers = values;
  }

  @Override
  public void differentiated(Training training, BackwardPass backward) {
    boolean finiteLoss = Double.isFinite(backward.loss());
    if (finiteLoss && Double.isFinite(backward.gradients().norm())) {
      remember(training);
      return;
    }
    buffers.forEach(Parameter::set);
    String reason = reason(training, backward);
    buffers.forEach(Parameter::set);
    throw new AnomalyException(
        "nan guard: %s in epoch %d, batch %d, before step %d: %s; parameters and buffers are those"
                .formatted(
                    finiteLoss
                        ? "a gradient is not finite"
                        : "the loss is " + word(backward.loss()),
                    training.epoch(),
                    training.batches() + 1,
                    training.steps() + 1,
                    reason)
            + " after step "
            + training.steps());
  }

  private static String reason(Training training, BackwardPass backward) {
    String data = fault("features", backward.batch().features());
    data = data == null ? fault("labels", backward.batch().labels()) : data;
    if (data != null) {
      return data;
    }
    try {
      Supplier<Gradients> again = () -> backward.repeat().backward();
      Autograd.detectAnomaly(again);
    } catch (AnomalyException fault) {
      return String.valueOf(fault.getMessage());
    }
    // An infinity that an operation hands on is no anomaly, and ends in some gradient.
    List<String> names = new ArrayList<>();
    training
        .model()
        .namedParameters()
        .forEach((name, parameter) -> {
          if (backward.gradients().has(parameter)
              && !isFinite(backward.gradients().of(parameter))) {
            names.add(name);
          }
        });
    return "the gradients of %s are not finite".formatted(names);
  }

  /** The first record that has a NaN or an infinity; null if none has. */
  private static @Nullable String fault(String what, Tensor records) {
    if (!isFinite(records)) {
      double[] elements = records.toDoubleArray();
      for (int i = 0; i < elements.length; i++) {
        if (!Double.isFinite(elements[i])) {
          return "the %s of record %d of the batch hold %s"
              .formatted(what, i / (elements.length / records.size(0)) + 1, word(elements[i]));
        }
      }
    }
    return null;
  }

  private static boolean isFinite(Tensor tensor) {
    // Zero times anything finite is zero, and NaN otherwise.
    return !tensor.dtype().isFloating() || Autograd.noGrad(() -> tensor.mul(0).sum().item()) == 0;
  }

  private static String word(double value) {
    return Double.isNaN(value) ? "NaN" : "infinity";
  }

  @Override
  public String toString() {
    return "NanGuard[]";
  }
}
