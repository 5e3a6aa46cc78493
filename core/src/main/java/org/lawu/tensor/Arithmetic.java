package org.lawu.tensor;

import org.lawu.error.ArgumentException;
import org.lawu.internal.operation.Abs;
import org.lawu.internal.operation.Add;
import org.lawu.internal.operation.Clamp;
import org.lawu.internal.operation.Cos;
import org.lawu.internal.operation.Div;
import org.lawu.internal.operation.Erf;
import org.lawu.internal.operation.Exp;
import org.lawu.internal.operation.Floor;
import org.lawu.internal.operation.Log;
import org.lawu.internal.operation.Log1p;
import org.lawu.internal.operation.Maximum;
import org.lawu.internal.operation.Minimum;
import org.lawu.internal.operation.Mul;
import org.lawu.internal.operation.MulAdd;
import org.lawu.internal.operation.Neg;
import org.lawu.internal.operation.Pow;
import org.lawu.internal.operation.Reciprocal;
import org.lawu.internal.operation.Round;
import org.lawu.internal.operation.Rsqrt;
import org.lawu.internal.operation.Sign;
import org.lawu.internal.operation.Sin;
import org.lawu.internal.operation.Sqrt;
import org.lawu.internal.operation.Square;
import org.lawu.internal.operation.Sub;

/**
 * Elementwise arithmetic. Two tensors of one type are broadcast to each other by NumPy's rule; a
 * number takes the tensor's type.
 */
public sealed interface Arithmetic extends TensorMethods permits Tensor {

  /** Sum, elementwise. */
  default Tensor add(Tensor other) {
    return Engine.apply(new Add(), this, other);
  }

  /** Adds a number to every element. */
  default Tensor add(double number) {
    return add(Tensor.like(this, number));
  }

  /** Difference, elementwise. */
  default Tensor sub(Tensor other) {
    return Engine.apply(new Sub(), this, other);
  }

  /** Subtracts a number from every element. */
  default Tensor sub(double number) {
    return sub(Tensor.like(this, number));
  }

  /** Product, elementwise; for matrices see {@link Tensor#matmul}. */
  default Tensor mul(Tensor other) {
    return Engine.apply(new Mul(), this, other);
  }

  /** Multiplies every element by a number. */
  default Tensor mul(double number) {
    return mul(Tensor.like(this, number));
  }

  /**
   * This times one tensor plus another, elementwise, in one pass over memory: {@code x y + z};
   * PyTorch's {@code addcmul}.
   */
  default Tensor mulAdd(Tensor factor, Tensor summand) {
    return Engine.apply(new MulAdd(), this, factor, summand);
  }

  /** Quotient, elementwise. */
  default Tensor div(Tensor other) {
    return Engine.apply(new Div(), this, other);
  }

  /** Divides every element by a number. */
  default Tensor div(double number) {
    return div(Tensor.like(this, number));
  }

  /** Power, elementwise. */
  default Tensor pow(Tensor other) {
    return Engine.apply(new Pow(), this, other);
  }

  /** Raises every element to a power. */
  default Tensor pow(double number) {
    return pow(Tensor.like(this, number));
  }

  /** The larger of two elements; NaN if either is. */
  default Tensor maximum(Tensor other) {
    return Engine.apply(new Maximum(), this, other);
  }

  /** Every element, but at least the number. */
  default Tensor maximum(double number) {
    return maximum(Tensor.like(this, number));
  }

  /** The smaller of two elements; NaN if either is. */
  default Tensor minimum(Tensor other) {
    return Engine.apply(new Minimum(), this, other);
  }

  /** Every element, but at most the number. */
  default Tensor minimum(double number) {
    return minimum(Tensor.like(this, number));
  }

  /** {@code -x}. */
  default Tensor neg() {
    return Engine.apply(new Neg(), this);
  }

  /** {@code |x|}; the gradient at 0 is 0. */
  default Tensor abs() {
    return Engine.apply(new Abs(), this);
  }

  /** -1, 0 or 1; without a gradient. */
  default Tensor sign() {
    return Engine.apply(new Sign(), this);
  }

  /** {@code x^2}. */
  default Tensor square() {
    return Engine.apply(new Square(), this);
  }

  /** Square root; NaN below 0. */
  default Tensor sqrt() {
    return Engine.apply(new Sqrt(), this);
  }

  /** {@code e^x}. */
  default Tensor exp() {
    return Engine.apply(new Exp(), this);
  }

  /** Natural logarithm; NaN below 0. */
  default Tensor log() {
    return Engine.apply(new Log(), this);
  }

  /**
   * {@code min(max(x, min), max)}; the gradient is 0 outside.
   *
   * @throws ArgumentException if {@code min > max}
   */
  default Tensor clamp(double min, double max) {
    if (!(min <= max)) {
      throw new ArgumentException("clamp: min must not be above max, got " + min + " and " + max);
    }
    return Engine.apply(new Clamp(min, max), this);
  }

  /** Sine, of radians. */
  default Tensor sin() {
    return Engine.apply(new Sin(), this);
  }

  /** Cosine, of radians. */
  default Tensor cos() {
    return Engine.apply(new Cos(), this);
  }

  /** Error function: {@code 2 / sqrt(pi)} times the integral of {@code e^(-t^2)} from 0 to x. */
  default Tensor erf() {
    return Engine.apply(new Erf(), this);
  }

  /** {@code 1 / sqrt(x)}; NaN below 0. */
  default Tensor rsqrt() {
    return Engine.apply(new Rsqrt(), this);
  }

  /** {@code 1 / x}. */
  default Tensor reciprocal() {
    return Engine.apply(new Reciprocal(), this);
  }

  /** {@code log(1 + x)}, exact for small {@code x} too; NaN below -1. */
  default Tensor log1p() {
    return Engine.apply(new Log1p(), this);
  }

  /** The largest whole number not above each element; without a gradient. */
  default Tensor floor() {
    return Engine.apply(new Floor(), this);
  }

  /**
   * The nearest whole number, of two the even one: 0.5 becomes 0, 1.5 becomes 2; without a
   * gradient.
   */
  default Tensor round() {
    return Engine.apply(new Round(), this);
  }
}
