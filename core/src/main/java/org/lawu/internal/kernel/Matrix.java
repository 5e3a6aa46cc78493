package org.lawu.internal.kernel;

/** Where a matrix lies in an array. */
public final class Matrix {
  /** The array. */
  public final float[] data;

  /** The index of the first element. */
  public final int at;

  /** From an element to the one below it. */
  public final int rowStep;

  /** From an element to the one on its right. */
  public final int columnStep;

  /** With the meaning of the fields. */
  public Matrix(float[] data, int at, int rowStep, int columnStep) {
    this.data = data;
    this.at = at;
    this.rowStep = rowStep;
    this.columnStep = columnStep;
  }

  /** The index of an element. */
  public int index(int row, int column) {
    return at + row * rowStep + column * columnStep;
  }

  /** The part that begins at an element. */
  public Matrix from(int row, int column) {
    return new Matrix(data, index(row, column), rowStep, columnStep);
  }

  /** The same elements with rows and columns exchanged. */
  public Matrix transposed() {
    return new Matrix(data, at, columnStep, rowStep);
  }
}
