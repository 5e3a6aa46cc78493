package org.lawu.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lawu.error.GradientException;
import org.lawu.internal.array.Memory;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.array.Recycler;
import org.lawu.internal.operation.Add;
import org.lawu.internal.operation.Backward;
import org.lawu.internal.operation.Binary;
import org.lawu.internal.operation.Fused;
import org.lawu.internal.operation.GradientRule;
import org.lawu.internal.operation.Operation;
import org.lawu.internal.operation.Reshape;

/**
 * Walks a graph from its result to its leaves, by descending rank and without recursion, so that
 * the depth of a graph is bounded by memory alone. A node is visited once, when all gradients that
 * reach it have arrived; they are added in a fixed order. A gradient is dropped as soon as it has
 * been passed on, and its memory given back, like that of what a rule computed on the way.
 */
final class Backpropagation {
  /** A gradient on its way; ties in rank go by arrival, which the graph alone determines. */
  private record Visit(Node node, int arrival) {}

  private final PriorityQueue<Visit> queue =
      new PriorityQueue<>(
          Comparator.comparingInt((Visit visit) -> -visit.node.rank)
              .thenComparingInt(Visit::arrival));
  private final IdentityHashMap<Node, Tensor> pending = new IdentityHashMap<>();
  private final Map<Object, Tensor> results = new LinkedHashMap<>();
  private final Set<Node> wanted;
  private final boolean stopAtWanted;
  private int arrivals;

  /** Where there is one, and the gradients get no graph that would need them. */
  private final @Nullable Recycler recycler = Engine.isRecording() ? null : Recycler.current();

  private final int lentBefore = recycler == null ? 0 : recycler.lentSoFar();

  private Backpropagation(Set<Node> wanted, boolean stopAtWanted) {
    this.wanted = wanted;
    this.stopAtWanted = stopAtWanted;
  }

  /**
   * The gradients of {@code result}, weighted by {@code seed}, with respect to the leaves and the
   * wanted nodes.
   */
  static Map<Object, Tensor> run(Node result, Tensor seed, Set<Node> wanted) {
    return run(result, seed, new Backpropagation(wanted, false));
  }

  private static Map<Object, Tensor> run(Node result, Tensor seed, Backpropagation walk) {
    walk.arrive(result, seed);
    while (!walk.queue.isEmpty()) {
      walk.visit(walk.queue.poll().node);
    }
    return walk.results;
  }

  private void arrive(Node node, Tensor gradient) {
    Tensor earlier = pending.get(node);
    if (earlier == null) {
      queue.add(new Visit(node, arrivals++));
    }
    pending.put(node, added(earlier, gradient));
  }

  /** What is to be held of the two, from now on. */
  private Tensor added(@Nullable Tensor earlier, Tensor gradient) {
    if (earlier != null && mayOverwrite(earlier)) {
      new Add().overwrite(gradient.array, earlier.array);
      return earlier;
    }
    Tensor sum = earlier == null ? gradient : earlier.add(gradient);
    Memory.hold(sum.array);
    if (earlier != null) {
      letGo(earlier);
    }
    return sum;
  }

  /** Whether nobody has the elements of a gradient but the walk, in one place. */
  private boolean mayOverwrite(Tensor gradient) {
    return recycler != null
        && recycler.isHeldByOne(gradient.array, lentBefore)
        && !Engine.isWatching();
  }

  /** Gives up the memory of a gradient, unless a view of it is needed still. */
  private void letGo(Tensor gradient) {
    Memory.letGo(gradient.array);
    if (recycler != null) {
      recycler.giveBackEarly(gradient.array.storage(), lentBefore);
    }
  }

  private void visit(Node node) {
    Tensor gradient = pending.remove(node);
    if (gradient != null) {
      pass(node, gradient);
      letGo(gradient);
    }
  }

  private void pass(Node node, Tensor gradient) {
    GradientRule rule = node.rule;
    if (rule == null || wanted.contains(node)) {
      results.put(node.owner, added(results.get(node.owner), gradient));
    }
    if (rule == null || (stopAtWanted && wanted.contains(node))) {
      return;
    }
    if (rule instanceof Checkpoint checkpoint) {
      // Now, not by the queue: the order in which gradients arrive stays what it would have been.
      pass(checkpoint.recompute(), gradient);
    } else {
      propagate(rule, node, gradient);
    }
  }

  private void propagate(GradientRule rule, Node node, Tensor gradient) {
    int lentByNow = recycler == null ? 0 : recycler.lentSoFar();
    boolean custom = !(rule instanceof Operation);
    if (custom) {
      Memory.share(gradient.array);
    }
    var context = new Context(node, gradient, mayOverwrite(gradient));
    var gradients =
        Engine.isWatching() ? Anomaly.gradients(rule, context) : rule.gradients(context);
    check(rule, node, gradients);
    passOn(node, gradients, custom);
    if (recycler != null) {
      recycler.tidy(lentByNow);
    }
  }

  /** Holds all of them meanwhile: one may be a view of another, and not to be overwritten yet. */
  private void passOn(Node node, @Nullable Tensor[] gradients, boolean custom) {
    for (Tensor gradient : gradients) {
      if (gradient != null) {
        Memory.hold(gradient.array);
        if (custom) {
          Memory.share(gradient.array);
        }
      }
    }
    for (int i = 0; i < gradients.length; i++) {
      Node parent = node.parents[i];
      if (parent != null && gradients[i] != null) {
        arrive(parent, unbroadcast(gradients[i], node.shapes[i]));
      }
    }
    for (Tensor gradient : gradients) {
      if (gradient != null) {
        Memory.letGo(gradient.array);
      }
    }
  }

  private static void check(GradientRule rule, Node node, @Nullable Tensor[] gradients) {
    if (gradients.length != node.parents.length) {
      throw new GradientException(
          "%s: the gradient rule returned %d gradients for %d inputs; return one for each, or null"
              .formatted(rule.name(), gradients.length, node.parents.length));
    }
    for (int i = 0; i < gradients.length; i++) {
      Tensor gradient = gradients[i];
      if (gradient != null && !node.shapes[i].broadcastsTo(gradient.shape())) {
        throw new GradientException(
            "%s: the gradient rule returned %s for input %d of shape %s"
                .formatted(rule.name(), gradient.shape(), i, node.shapes[i]));
      }
    }
  }

  /** Undoes broadcasting: sums over the axes along which elements were repeated. */
  static Tensor unbroadcast(Tensor gradient, Shape shape) {
    if (gradient.shape().equals(shape)) {
      return gradient;
    }
    int lead = gradient.rank() - shape.rank();
    var repeated = new ArrayList<Integer>();
    for (int i = 0; i < gradient.rank(); i++) {
      if (i < lead || (shape.size(i - lead) == 1 && gradient.size(i) != 1)) {
        repeated.add(i);
      }
    }
    int[] axes = repeated.stream().mapToInt(Integer::intValue).toArray();
    return gradient.sum(axes, true).reshape(shape);
  }

  /** What the rule of one node sees. */
  private record Context(Node node, Tensor gradient, boolean mayOverwrite) implements Backward {

    @Override
    public Tensor input(int i) {
      if (node.inputs == null) {
        throw new IllegalStateException(name() + " reads inputs that it does not save");
      }
      return node.inputs[i];
    }

    @Override
    public Tensor output() {
      Tensor output = node.output();
      if (output == null) {
        throw new IllegalStateException(name() + " reads an output that it does not save");
      }
      return output;
    }

    private String name() {
      return node.rule == null ? "leaf" : node.rule.name();
    }

    @Override
    public int inputs() {
      return node.parents.length;
    }

    @Override
    public Shape shape(int i) {
      return node.shapes[i];
    }

    @Override
    public boolean needs(int i) {
      return node.parents[i] != null;
    }

    @Override
    public Tensor apply(Operation operation, Tensor... inputs) {
      return Engine.apply(operation, inputs);
    }

    @Override
    public Tensor overGradient(Binary operation, Tensor saved) {
      if (!mayOverwrite || !saved.shape().equals(gradient.shape())) {
        return apply(operation, saved, gradient);
      }
      operation.overwrite(saved.array, gradient.array);
      return gradient;
    }

    @Override
    public @Nullable Tensor[] fused(Fused operation) {
      return Engine.isRecording() ? composed(operation) : inOnePiece(operation);
    }

    private @Nullable Tensor[] inOnePiece(Fused operation) {
      NdArray[] inputs = new NdArray[inputs()];
      boolean[] needs = new boolean[inputs()];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = input(i).array;
        needs[i] = needs(i);
      }
      Tensor saved = node.output();
      NdArray output = saved == null ? null : saved.array;
      var call = new Fused.Call(inputs, output, node.kept(), gradient.array, needs);
      var arrays = operation.gradients(call);
      var gradients = new @Nullable Tensor[arrays.length];
      for (int i = 0; i < gradients.length; i++) {
        NdArray array = arrays[i];
        gradients[i] = array == null ? null : new Tensor(array, null);
      }
      return gradients;
    }

    private @Nullable Tensor[] composed(Fused operation) {
      // Stand-ins, so that a tensor that is two of the inputs has a gradient as each.
      Tensor[] standIns = new Tensor[inputs()];
      Set<Node> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
      for (int i = 0; i < standIns.length; i++) {
        standIns[i] = Engine.apply(new Reshape(shape(i)), input(i));
        if (standIns[i].node != null) {
          nodes.add(standIns[i].node);
        }
      }
      Tensor result = operation.composed(Engine::apply, standIns);
      var gradients = new @Nullable Tensor[standIns.length];
      if (result.node != null) {
        var found = run(result.node, gradient, new Backpropagation(nodes, true));
        for (int i = 0; i < gradients.length; i++) {
          gradients[i] = standIns[i].node == null ? null : found.get(standIns[i].node);
        }
      }
      return gradients;
    }
  }
}
