package org.lawu.benchmarks.tensorflow;

import java.util.List;
import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Step;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/** Runs operations of a model; results are not copied out. */
final class Run implements Step {
  private final Model model;
  private final Operand<TFloat32> checked;
  private final List<? extends Op> targets;
  private final int stepsBeforeCheck;

  private Run(
      Model model, Operand<TFloat32> checked, List<? extends Op> targets, int stepsBeforeCheck) {
    this.stepsBeforeCheck = stepsBeforeCheck;
    this.model = model;
    this.checked = checked;
    this.targets = targets;
    model.initialize();
  }

  static Step inference(Model model, Operand<TFloat32> result) {
    return new Run(model, result, List.of(result), 0);
  }

  static Step training(Model model, Operand<TFloat32> loss) {
    return new Run(model, loss, model.adam(loss), STEPS);
  }

  @Override
  public void run() {
    var runner = model.session().runner();
    targets.forEach(runner::addTarget);
    runner.run().close();
  }

  @Override
  public double check() {
    for (int i = 0; i < stepsBeforeCheck; i++) {
      run();
    }
    try (var fetched = model.session().runner().fetch(checked).run()) {
      var result = (TFloat32) fetched.get(0);
      float[] numbers = new float[(int) result.size()];
      result.asRawTensor().data().asFloats().read(numbers);
      return Numbers.meanMagnitude(numbers);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
