package org.lawu.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lawu.data.Batch;
import org.lawu.data.Dataset;
import org.lawu.io.Safetensors;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.BatchNorm1d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.optim.schedule.CosineAnnealing;
import org.lawu.optim.schedule.LinearWarmup;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.train.callback.Checkpoints;
import org.lawu.train.callback.EarlyStopping;
import org.lawu.train.metric.Accuracy;

/**
 * A process that trains until it is killed, goes on when it is started again, and writes in the end
 * what it has come to. It tells what it does, a letter at a time.
 */
final class KilledTraining {
  static final char STEP = 's';
  static final char VALIDATION = 'v';

  private KilledTraining() {}

  /**
   * Trains.
   *
   * @param args the folder of the checkpoints, the file to write, and the number of epochs
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int epochs = Integer.parseInt(args[2]);
    var model =
        Sequential.of(
                new Dense(2, 64),
                new BatchNorm1d(64),
                new Relu(),
                new Dropout(0.3),
                new Dense(64, 3))
            .initialize(new Philox(1));
    var optimizer = new Adam();
    Callback telling =
        new Callback() {
          @Override
          public void stepped(Training training) {
            tell(STEP);
          }
        };
    History history =
        new Trainer(model, new CrossEntropy(), optimizer)
            .metrics(new Accuracy())
            .fit(
                Problems.clusters(120, 1),
                Fit.forEpochs(epochs)
                    .batchSize(16)
                    .validation(new Telling(Problems.clusters(64, 2)))
                    .schedule(
                        new LinearWarmup(0.01, 9).then(9, new CosineAnnealing(0.01, 8 * epochs)))
                    .seed(7)
                    .quiet()
                    .callbacks(
                        telling,
                        new EarlyStopping("val_loss").patience(epochs),
                        new Checkpoints(folder).everySteps(3).keep(2).best("val_accuracy"))
                    .resume(folder));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    model.namedParameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
    tensors.putAll(optimizer.state(model.namedParameters()).tensors());
    for (String name : List.of("loss", "accuracy", "val_loss", "val_accuracy")) {
      tensors.put("history." + name, Tensor.of(history.values(name), epochs));
    }
    Safetensors.write(Path.of(args[1]), tensors);
  }

  private static void tell(char what) {
    System.out.print(what);
    System.out.flush();
  }

  /** Data for validation that tells when it is read. */
  private record Telling(Dataset source) implements Dataset {
    @Override
    public int size() {
      return source.size();
    }

    @Override
    public Batch batch(int[] records) {
      tell(VALIDATION);
      return source.batch(records);
    }
  }
}
