package org.example.consumer;

import java.nio.file.Path;
import org.lawu.data.sets.Mnist;
import org.lawu.nn.Sequential;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.random.Philox;
import org.lawu.train.Evaluation;
import org.lawu.train.Fit;
import org.lawu.train.Trainer;
import org.lawu.train.metric.Accuracy;

/** Trains on MNIST for an epoch and fails if the network has not learnt to read. */
public final class TrainMnist {
  private TrainMnist() {}

  public static void main(String[] args) throws Exception {
    Mnist mnist = Mnist.read(Path.of(args[0]));
    Sequential model =
        Sequential.input(1, 28, 28).flatten().dense(128).relu().dropout(0.2).dense(10).build();
    model.initialize(new Philox(1));
    Trainer trainer =
        new Trainer(model, new CrossEntropy(), new Adam(1e-3)).metrics(new Accuracy());
    trainer.fit(mnist.train(), Fit.forEpochs(1).seed(1));
    Evaluation evaluation = trainer.evaluate(mnist.test());
    System.out.println(evaluation);
    if (evaluation.get("accuracy") < 0.93) {
      throw new AssertionError("the network reads too badly: " + evaluation);
    }
  }
}
