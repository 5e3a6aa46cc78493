package org.lawu.internal.kernel;

/** An array and where in it something begins. */
public record Floats(float[] data, int at) {}
