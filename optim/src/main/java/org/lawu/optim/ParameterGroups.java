package org.lawu.optim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lawu.error.ArgumentException;
import org.lawu.tensor.Parameter;

/**
 * An optimizer that trains parts of a model with settings of their own, such as a smaller learning
 * rate for what is trained already, or no weight decay for biases; PyTorch's parameter groups.
 *
 * <pre>{@code
 * var optimizer =
 *     new ParameterGroups(new AdamW(1e-3))
 *         .with(backbone.parameters(), new AdamW(1e-5))
 *         .with(parameter -> parameter.shape().rank() < 2, new AdamW(1e-3).weightDecay(0));
 * }</pre>
 *
 * <p>Each parameter belongs to the first group that takes it, and without one to the rest. Groups
 * may be optimizers of different kinds. The learning rate is that of the rest; setting it, as
 * schedules do, changes those of all groups by the same factor. The given optimizers serve as
 * settings: what is remembered of parameters is kept, saved and loaded here.
 */
public final class ParameterGroups extends Optimizer {
  private final Optimizer rest;
  private final double restRate;
  private final List<Group> groups;

  private record Group(Predicate<Parameter> test, Optimizer optimizer, double rate) {}

  /**
   * One group, the rest, which is everything so far.
   *
   * @throws ArgumentException if its learning rate is 0, of which no other is a multiple
   */
  public ParameterGroups(Optimizer rest) {
    this(rest, rest.learningRate(), List.of());
  }

  private ParameterGroups(Optimizer rest, double restRate, List<Group> groups) {
    super(restRate);
    if (restRate == 0) {
      throw new ArgumentException(
          "parameterGroups: the learning rate of the rest must be above 0, as those of the groups"
              + " are set in proportion to it");
    }
    this.rest = rest;
    this.restRate = restRate;
    this.groups = groups;
  }

  /** With one more group: the parameters that pass a test, and belong to no group before. */
  public ParameterGroups with(Predicate<Parameter> test, Optimizer optimizer) {
    List<Group> more = new ArrayList<>(groups);
    more.add(new Group(test, optimizer, optimizer.learningRate()));
    return new ParameterGroups(rest, restRate, List.copyOf(more));
  }

  /** With one more group: the named parameters, as far as they belong to no group before. */
  public ParameterGroups with(Collection<Parameter> parameters, Optimizer optimizer) {
    return with(Set.copyOf(parameters)::contains, optimizer);
  }

  @Override
  Parameter.Update rule(Parameter parameter, State state) {
    for (Group group : groups) {
      if (group.test().test(parameter)) {
        return rule(group.optimizer(), group.rate(), parameter, state);
      }
    }
    return rule(rest, restRate, parameter, state);
  }

  private Parameter.Update rule(
      Optimizer optimizer, double rate, Parameter parameter, State state) {
    optimizer.learningRate(rate * (learningRate() / restRate));
    return optimizer.rule(parameter, state);
  }

  @Override
  protected Parameter.Update rule(State state) {
    return rest.rule(state);
  }

  @Override
  String kind() {
    return Stream.concat(Stream.of(rest), groups.stream().map(Group::optimizer))
        .map(Optimizer::kind)
        .collect(Collectors.joining(", ", "ParameterGroups[", "]"));
  }

  @Override
  public String toString() {
    return "ParameterGroups[learningRate=%s, rest=%s, groups=%s]"
        .formatted(learningRate(), rest, groups.stream().map(Group::optimizer).toList());
  }
}
