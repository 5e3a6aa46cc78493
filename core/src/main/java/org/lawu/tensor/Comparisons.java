package org.lawu.tensor;

import org.lawu.internal.operation.Compare;
import org.lawu.internal.operation.Compare.Relation;
import org.lawu.internal.operation.Logic;
import org.lawu.internal.operation.Not;

/**
 * Comparisons and logic, giving BOOL tensors without a gradient. Operands are broadcast;
 * comparisons with NaN are false, except {@code notEqual}.
 */
public sealed interface Comparisons extends TensorMethods permits Tensor {

  /** {@code x == y}, elementwise. */
  default Tensor equal(Tensor other) {
    return Engine.apply(new Compare(Relation.EQUAL), this, other);
  }

  /** {@code x == number}, elementwise. */
  default Tensor equal(double number) {
    return equal(Tensor.like(this, number));
  }

  /** {@code x != y}, elementwise. */
  default Tensor notEqual(Tensor other) {
    return Engine.apply(new Compare(Relation.NOT_EQUAL), this, other);
  }

  /** {@code x != number}, elementwise. */
  default Tensor notEqual(double number) {
    return notEqual(Tensor.like(this, number));
  }

  /** {@code x < y}, elementwise. */
  default Tensor less(Tensor other) {
    return Engine.apply(new Compare(Relation.LESS), this, other);
  }

  /** {@code x < number}, elementwise. */
  default Tensor less(double number) {
    return less(Tensor.like(this, number));
  }

  /** {@code x <= y}, elementwise. */
  default Tensor lessEqual(Tensor other) {
    return Engine.apply(new Compare(Relation.LESS_EQUAL), this, other);
  }

  /** {@code x <= number}, elementwise. */
  default Tensor lessEqual(double number) {
    return lessEqual(Tensor.like(this, number));
  }

  /** {@code x > y}, elementwise. */
  default Tensor greater(Tensor other) {
    return Engine.apply(new Compare(Relation.GREATER), this, other);
  }

  /** {@code x > number}, elementwise. */
  default Tensor greater(double number) {
    return greater(Tensor.like(this, number));
  }

  /** {@code x >= y}, elementwise. */
  default Tensor greaterEqual(Tensor other) {
    return Engine.apply(new Compare(Relation.GREATER_EQUAL), this, other);
  }

  /** {@code x >= number}, elementwise. */
  default Tensor greaterEqual(double number) {
    return greaterEqual(Tensor.like(this, number));
  }

  /** Where both are true, for BOOL tensors. */
  default Tensor and(Tensor other) {
    return Engine.apply(new Logic(true), this, other);
  }

  /** Where either is true, for BOOL tensors. */
  default Tensor or(Tensor other) {
    return Engine.apply(new Logic(false), this, other);
  }

  /** Where it is false, for a BOOL tensor. */
  default Tensor not() {
    return Engine.apply(new Not(), this);
  }
}
