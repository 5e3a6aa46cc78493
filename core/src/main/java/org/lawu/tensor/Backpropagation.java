package org.lawu.tensor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lawu.error.GradientException;
import org.lawu.internal.operation.Backward;
import org.lawu.internal.operation.GradientRule;
import org.lawu.internal.operation.Operation;

/**
 * Walks a graph from its result to its leaves, by descending rank and without recursion, so that
 * the depth of a graph is bounded by memory alone. A node is visited once, when all gradients that
 * reach it have arrived; they are added in a fixed order. A gradient is dropped as soon as it has
 * been passed on.
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
  private int arrivals;

  private Backpropagation(Set<Node> wanted) {
    this.wanted = wanted;
  }

  /**
   * The gradients of {@code result}, weighted by {@code seed}, with respect to the leaves and the
   * wanted nodes.
   */
  static Map<Object, Tensor> run(Node result, Tensor seed, Set<Node> wanted) {
    var walk = new Backpropagation(wanted);
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
      pending.put(node, gradient);
    } else {
      pending.put(node, earlier.add(gradient));
    }
  }

  private void visit(Node node) {
    Tensor gradient = pending.remove(node);
    if (gradient == null) {
      return;
    }
    pass(node, gradient);
  }

  private void pass(Node node, Tensor gradient) {
    GradientRule rule = node.rule;
    if (rule == null || wanted.contains(node)) {
      Tensor earlier = results.get(node.owner);
      results.put(node.owner, earlier == null ? gradient : earlier.add(gradient));
    }
    if (rule instanceof Checkpoint checkpoint) {
      // Now, not by the queue: the order in which gradients arrive stays what it would have been.
      pass(checkpoint.recompute(), gradient);
    } else if (rule != null) {
      propagate(rule, node, gradient);
    }
  }

  private void propagate(GradientRule rule, Node node, Tensor gradient) {
    var context = new Context(node, gradient);
    var gradients =
        Engine.isWatching() ? Anomaly.gradients(rule, context) : rule.gradients(context);
    check(rule, node, gradients);
    for (int i = 0; i < gradients.length; i++) {
      Node parent = node.parents[i];
      if (parent != null && gradients[i] != null) {
        arrive(parent, unbroadcast(gradients[i], node.shapes[i]));
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
  private record Context(Node node, Tensor gradient) implements Backward {

    @Override
    public Tensor input(int i) {
      if (node.inputs == null) {
        throw new IllegalStateException(name() + " reads inputs that it does not save");
      }
      return node.inputs[i];
    }

    @Override
    public Tensor output() {
      if (node.output == null) {
        throw new IllegalStateException(name() + " reads an output that it does not save");
      }
      return node.output;
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
  }
}
