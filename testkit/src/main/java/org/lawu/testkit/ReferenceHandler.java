package org.lawu.testkit;

/**
 * Runs the reference cases of one kind.
 *
 * <pre>{@code
 * ReferenceHandler losses = reference -> {
 *   Tensor prediction = reference.tensor("in.0").withGradient();
 *   Tensor loss = new MeanSquaredError().of(prediction, reference.tensor("in.1"));
 *   return new ReferenceComparison(reference)
 *       .agrees("out", loss)
 *       .agrees("grad.0", loss.mul(reference.tensor("cot")).sum().backward().of(prediction))
 *       .result();
 * };
 * }</pre>
 */
@FunctionalInterface
public interface ReferenceHandler {

  /** Runs a case; what it throws counts as a failure. */
  ReferenceResult run(ReferenceCase reference);
}
