package org.lawu.tensor;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.Memory;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.operation.GradientRule;

/**
 * How a tracked tensor came to be: the rule of the operation that made it, the nodes of its inputs,
 * and what the rule reads, which is marked as such: {@link Workspace#tidy} lets it be. A leaf has
 * no rule. A node refers to its ancestors only, so a graph goes away with the last result computed
 * in it.
 */
final class Node {
  /** One more than the highest rank among the inputs: descending ranks are a topological order. */
  final int rank;

  final @Nullable GradientRule rule;
  final @Nullable Node[] parents;
  final Shape[] shapes;
  final Tensor @Nullable [] inputs;
  private @Nullable Tensor output;
  private NdArray[] kept = {};

  /** What the gradient of a leaf is filed under: its parameter, or the node itself. */
  final Object owner;

  private Node(GradientRule rule, Tensor[] inputs) {
    int highest = 0;
    parents = new @Nullable Node[inputs.length];
    shapes = new Shape[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      parents[i] = inputs[i].node;
      shapes[i] = inputs[i].shape();
      highest = Math.max(highest, parents[i] == null ? 0 : parents[i].rank);
    }
    this.rank = highest + 1;
    this.rule = rule;
    this.inputs = rule.saves().inputs() ? save(inputs) : null;
    this.owner = this;
  }

  /** With the rank of what it stands for. */
  private Node(Checkpoint rule, Tensor[] inputs, int rank) {
    parents = new @Nullable Node[inputs.length];
    shapes = new Shape[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      parents[i] = inputs[i].node;
      shapes[i] = inputs[i].shape();
    }
    this.rank = rank;
    this.rule = rule;
    this.inputs = null;
    this.owner = this;
    save(inputs); // The rule has them.
  }

  private Node(@Nullable Object owner) {
    this.rank = 0;
    this.rule = null;
    this.parents = new Node[0];
    this.shapes = new Shape[0];
    this.inputs = null;
    this.owner = owner == null ? this : owner;
  }

  static Node leaf(@Nullable Object owner) {
    return new Node(owner);
  }

  static Node of(GradientRule rule, Tensor[] inputs) {
    return new Node(rule, inputs);
  }

  static Node of(Checkpoint rule, Tensor[] inputs, int rank) {
    return new Node(rule, inputs, rank);
  }

  private static Tensor[] save(Tensor[] tensors) {
    for (Tensor tensor : tensors) {
      Memory.save(tensor.array);
    }
    return tensors;
  }

  /** Remembers the output for the rule. */
  void saveOutput(Tensor tensor) {
    Memory.save(tensor.array);
    output = tensor;
  }

  /** The output, if the rule reads it. */
  @Nullable Tensor output() {
    return output;
  }

  /** Remembers what a fused operation needs besides. */
  void keep(NdArray... arrays) {
    for (NdArray array : arrays) {
      Memory.save(array);
    }
    kept = arrays;
  }

  /** What a fused operation kept. */
  NdArray[] kept() {
    return kept;
  }
}
