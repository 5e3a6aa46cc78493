package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.data.Dataset;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.loss.MeanSquaredError;
import org.lawu.optim.Sgd;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

class CallbackTest {
  private static final Dataset FIVE =
      Dataset.of(Tensor.normal(new Philox(1), 0, 1, 5, 2), Tensor.zeros(5, 1));

  private static final class Recorder implements Callback {
    final List<String> calls = new ArrayList<>();

    @Override
    public void started(Training training) {
      calls.add("started %d/%d".formatted(training.epoch(), training.epochs()));
    }

    @Override
    public void epochStarted(Training training) {
      calls.add("epoch " + training.epoch() + " " + training.values());
    }

    @Override
    public void stepped(Training training) {
      calls.add("step " + training.steps() + " " + training.values().keySet());
    }

    @Override
    public void epochEnded(Training training) {
      calls.add("end " + training.values().keySet());
    }

    @Override
    public void ended(Training training) {
      calls.add("ended " + training.history().epochs().size());
    }
  }

  private static Trainer trainer() {
    return new Trainer(new Dense(2, 1), new MeanSquaredError(), new Sgd(0.01));
  }

  @Test
  void areToldWhatHappens() {
    var recorder = new Recorder();
    trainer()
        .fit(
            FIVE,
            Fit.forEpochs(2)
                .batchSize(1)
                .accumulate(2)
                .validation(FIVE)
                .quiet()
                .callbacks(recorder));
    assertThat(recorder.calls)
        .containsExactly(
            "started 0/2",
            "epoch 1 {}",
            "step 1 [loss]",
            "step 2 [loss]",
            "step 3 [loss]",
            "end [loss, val_loss, seconds]",
            "epoch 2 {}",
            "step 4 [loss]",
            "step 5 [loss]",
            "step 6 [loss]",
            "end [loss, val_loss, seconds]",
            "ended 2");
  }

  @Test
  void stopTheTraining() {
    Callback stop =
        new Callback() {
          @Override
          public void stepped(Training training) {
            training.stop("enough");
          }
        };
    var recorder = new Recorder();
    History history =
        trainer().fit(FIVE, Fit.forEpochs(9).batchSize(3).quiet().callbacks(stop, recorder));
    assertThat(history.epochs()).hasSize(1);
    assertThat(recorder.calls).endsWith("step 2 [loss]", "end [loss, seconds]", "ended 1");
  }

  @Test
  void whatOneThrowsComesOutOfFit() {
    Callback failing =
        new Callback() {
          @Override
          public void epochEnded(Training training) {
            throw new IllegalStateException("disk is full");
          }
        };
    assertThatThrownBy(() -> trainer().fit(FIVE, Fit.forEpochs(1).quiet().callbacks(failing)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("disk is full");
  }
}
