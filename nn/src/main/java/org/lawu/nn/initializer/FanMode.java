package org.lawu.nn.initializer;

/** Which side of a weight Kaiming initialization keeps the variance of. */
public enum FanMode {
  /** The inputs: activations keep their size through the forward pass. */
  FAN_IN,
  /** The outputs: gradients keep their size through the backward pass. */
  FAN_OUT
}
