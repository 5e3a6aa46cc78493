package org.lawu.benchmarks.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.lawu.benchmarks.workload.Numbers;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * A graph and its variables. Operands are variables too: constants would be folded when the graph
 * is optimized, and feeding them would cost.
 */
final class Model implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Ops ops = Ops.create(graph);
  private final Session session;
  private final List<Held> variables = new ArrayList<>();
  private final List<Held> parameters = new ArrayList<>();

  /** A variable and what it begins with. */
  private record Held(Variable<TFloat32> variable, Shape shape, float[] initial) {}

  Model(int threads) {
    ConfigProto configuration =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(1)
            .build();
    session = new Session(graph, configuration);
  }

  Ops ops() {
    return ops;
  }

  Session session() {
    return session;
  }

  /** An operand. */
  Operand<TFloat32> input(float[] numbers, long... sizes) {
    return variable(numbers, sizes).variable();
  }

  /** An operand in {@code [-1, 1)}. */
  Operand<TFloat32> symmetric(long seed, long... sizes) {
    return input(Numbers.symmetric(seed, (int) Shape.of(sizes).size()), sizes);
  }

  /** What training changes. */
  Operand<TFloat32> parameter(float[] numbers, long... sizes) {
    Held parameter = variable(numbers, sizes);
    parameters.add(parameter);
    return parameter.variable();
  }

  private Held variable(float[] numbers, long... sizes) {
    Shape shape = Shape.of(sizes);
    var held = new Held(ops.variable(shape, TFloat32.class), shape, numbers);
    variables.add(held);
    return held;
  }

  /**
   * The operations of Adam with a rate of 0.001 for all parameters; Kingma and Ba, "Adam" (2015).
   */
  List<Op> adam(Operand<TFloat32> loss) {
    Output<?>[] wanted =
        parameters.stream().map(held -> held.variable().asOutput()).toArray(Output<?>[]::new);
    Output<?>[] gradients = graph.addGradients(loss.asOutput(), wanted);
    // No weight may change while a gradient is still to be computed with it.
    Ops afterGradients = ops.withControlDependencies(gradients);
    Operand<TFloat32> beta1 = ops.constant(0.9f);
    Operand<TFloat32> beta2 = ops.constant(0.999f);
    Variable<TFloat32> power1 = variable(new float[] {0.9f}).variable();
    Variable<TFloat32> power2 = variable(new float[] {0.999f}).variable();
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < gradients.length; i++) {
      Held parameter = parameters.get(i);
      long[] sizes = parameter.shape().asArray();
      int size = parameter.initial().length;
      @SuppressWarnings("unchecked")
      var gradient = (Output<TFloat32>) gradients[i];
      updates.add(
          afterGradients.train.applyAdam(
              parameter.variable(),
              variable(new float[size], sizes).variable(),
              variable(new float[size], sizes).variable(),
              power1,
              power2,
              ops.constant(1e-3f),
              beta1,
              beta2,
              ops.constant(1e-8f),
              gradient));
    }
    Ops after = ops.withControlDependencies(updates.toArray(Op[]::new));
    List<Op> all = new ArrayList<>(updates);
    all.add(after.assign(power1, after.math.mul(power1, beta1)));
    all.add(after.assign(power2, after.math.mul(power2, beta2)));
    return all;
  }

  /** Gives the variables their values; what the graph has then is what runs. */
  Model initialize() {
    for (Held held : variables) {
      Placeholder<TFloat32> fed = ops.placeholder(TFloat32.class, Placeholder.shape(held.shape()));
      Op assign = ops.assign(held.variable(), fed);
      try (var tensor = TFloat32.tensorOf(held.shape(), DataBuffers.of(held.initial()))) {
        session.runner().feed(fed, tensor).addTarget(assign).run().close();
      }
    }
    return this;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
