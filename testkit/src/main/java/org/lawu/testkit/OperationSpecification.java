package org.lawu.testkit;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * What an operation is and what it is tested with; {@link OperationContract} tests it.
 *
 * <pre>{@code
 * OperationSpecification.of("atan2", in -> Autograd.apply(new Atan2(), in.get(0), in.get(1)))
 *     .inputs(Domain.reals(-2, 2), Domain.reals(0.1, 2))
 *     .samples(SampleShapes.broadcast())
 *     .refuses(
 *         () -> Autograd.apply(new Atan2(), Tensor.zeros(2), Tensor.zeros(3)),
 *         "atan2: shapes do not broadcast: [2] and [3] ...");
 * }</pre>
 *
 * <p>Immutable: each setting is a method that returns a changed copy.
 */
public final class OperationSpecification {
  private final String name;
  private final Function<List<Tensor>, Tensor> function;
  private Function<List<Tensor>, Tensor> reference;
  private List<Domain> domains = List.of(Domain.reals(-3, 3));
  private List<List<Shape>> samples = SampleShapes.elementwise(1);
  private List<List<Tensor>> extremes = List.of();
  private int derivatives = 2;
  private double tolerance = 1e-6;
  private List<Refusal> refusals = List.of();
  private Set<Class<?>> covers = Set.of();

  /**
   * A call that must fail.
   *
   * @param message the whole message of the {@link org.lawu.error.LawuException} that it throws
   */
  public record Refusal(Supplier<Tensor> call, String message) {}

  private OperationSpecification(String name, Function<List<Tensor>, Tensor> function) {
    this.name = name;
    this.function = function;
    this.reference = function;
  }

  private OperationSpecification copy() {
    var copy = new OperationSpecification(name, function);
    copy.reference = reference;
    copy.domains = domains;
    copy.samples = samples;
    copy.extremes = extremes;
    copy.derivatives = derivatives;
    copy.tolerance = tolerance;
    copy.refusals = refusals;
    copy.covers = covers;
    return copy;
  }

  /**
   * A twice differentiable operation on one input in [-3, 3), sampled as an elementwise function.
   *
   * @param name the operation, and the case if it has several
   */
  public static OperationSpecification of(String name, Function<List<Tensor>, Tensor> function) {
    return new OperationSpecification(name, function);
  }

  // ---- settings

  /**
   * What the function should compute, given floating inputs in FLOAT64; by default the function
   * itself is run on them.
   */
  public OperationSpecification reference(Function<List<Tensor>, Tensor> newReference) {
    var copy = copy();
    copy.reference = newReference;
    return copy;
  }

  /** What is drawn for each input. */
  public OperationSpecification inputs(Domain... newDomains) {
    var copy = copy();
    copy.domains = List.of(newDomains);
    return copy;
  }

  /** The shapes of the inputs, sample by sample. */
  public OperationSpecification samples(List<List<Shape>> newSamples) {
    var copy = copy();
    copy.samples = newSamples.stream().map(List::copyOf).toList();
    return copy;
  }

  /**
   * Further inputs, such as infinities, on which function and reference must agree; derivatives are
   * not checked there.
   */
  public OperationSpecification extreme(Tensor... inputs) {
    var copy = copy();
    copy.extremes = with(extremes, List.of(inputs));
    return copy;
  }

  /** How often it can be differentiated: 2, 1 or 0. */
  public OperationSpecification derivatives(int order) {
    var copy = copy();
    copy.derivatives = order;
    return copy;
  }

  /**
   * By how much FLOAT32 may differ from the reference {@code y}: {@code tolerance (1 + |y|)}; 1e-6
   * by default.
   */
  public OperationSpecification tolerance(double newTolerance) {
    var copy = copy();
    copy.tolerance = newTolerance;
    return copy;
  }

  /** A call that must fail with exactly this message. */
  public OperationSpecification refuses(Supplier<Tensor> call, String message) {
    var copy = copy();
    copy.refusals = with(refusals, new Refusal(call, message));
    return copy;
  }

  /** Classes that the samples exercise, for tests of completeness. */
  public OperationSpecification covers(Class<?>... classes) {
    var copy = copy();
    copy.covers = Set.of(classes);
    return copy;
  }

  private static <T> List<T> with(List<T> list, T element) {
    return Stream.concat(list.stream(), Stream.of(element)).toList();
  }

  // ---- what it says

  /** The operation, and the case if it has several. */
  public String name() {
    return name;
  }

  /** Computes it. */
  public Function<List<Tensor>, Tensor> function() {
    return function;
  }

  /** See {@link #reference(Function)}. */
  public Function<List<Tensor>, Tensor> reference() {
    return reference;
  }

  /** See {@link #inputs}. */
  public List<Domain> domains() {
    return domains;
  }

  /** See {@link #samples(List)}. */
  public List<List<Shape>> samples() {
    return samples;
  }

  /** See {@link #extreme}. */
  public List<List<Tensor>> extremes() {
    return extremes;
  }

  /** See {@link #derivatives(int)}. */
  public int derivatives() {
    return derivatives;
  }

  /** See {@link #tolerance(double)}. */
  public double tolerance() {
    return tolerance;
  }

  /** See {@link #refuses}. */
  public List<Refusal> refusals() {
    return refusals;
  }

  /** See {@link #covers(Class[])}. */
  public Set<Class<?>> covers() {
    return covers;
  }

  @Override
  public String toString() {
    return name;
  }
}
