package org.lawu.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lawu.nn.layer.BatchNorm1d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Gelu;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

/** One model serves as many threads as there are, whatever else goes on. */
class ServingTest {
  private static final int THREADS = 10_000;
  private static final int DIFFERENT = 50;
  private static final int IN = 16;

  private static Sequential model(long seed) {
    return Sequential.of(
            new Dense(IN, 512),
            new BatchNorm1d(512),
            new Gelu(),
            new Dropout(0.1),
            new Dense(512, 4))
        .initialize(new Philox(seed));
  }

  /** Mostly a few rows; one in 25 has so many that its loops are divided among threads. */
  private static Tensor input(int i) {
    return Tensor.normal(new Philox(i), 0, 1, i % 25 == 0 ? 256 : 1 + i % 7, IN);
  }

  private static void trainStep(Sequential model, int step) {
    Tensor loss =
        model.forward(input(25 * (step % 3)), Pass.training(new Philox(step))).square().mean();
    var gradients = loss.backward();
    for (Parameter parameter : model.parameters()) {
      parameter.update(
          gradients.of(parameter),
          (value, gradient, from, to) -> {
            for (int i = from; i < to; i++) {
              value[i] -= 0.01f * gradient[i];
            }
          });
    }
  }

  @Test
  @Timeout(120)
  void tenThousandThreadsPredictWhileAnotherModelTrains() throws Exception {
    Sequential served = model(1);
    List<Tensor> inputs = new ArrayList<>();
    List<Tensor> expected = new ArrayList<>();
    for (int i = 0; i < DIFFERENT; i++) {
      inputs.add(input(i));
      expected.add(served.predict(inputs.get(i)));
    }
    Sequential trained = model(2);
    var isOver = new AtomicBoolean();
    List<Callable<Boolean>> predictions = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Tensor input = inputs.get(i % DIFFERENT);
      Tensor output = expected.get(i % DIFFERENT);
      predictions.add(() -> served.predict(input).equals(output));
    }

    int steps = 0;
    try (var training = Executors.newSingleThreadExecutor();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> trainer =
          training.submit(() -> {
            int step = 0;
            while (!isOver.get() || step < 3) {
              trainStep(trained, step++);
            }
            return step;
          });
      List<Future<Boolean>> results = threads.invokeAll(predictions);
      isOver.set(true);
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
      steps = trainer.get(60, TimeUnit.SECONDS);
    }

    // The training was not disturbed either: alone, it comes to the same.
    Sequential alone = model(2);
    for (int step = 0; step < steps; step++) {
      trainStep(alone, step);
    }
    trained
        .namedParameters()
        .forEach((name, parameter) -> {
          var other = alone.namedParameters().get(name);
          assertThat(other).isNotNull();
          assertThat(parameter.value()).as(name).isEqualTo(other.value());
        });
  }
}
