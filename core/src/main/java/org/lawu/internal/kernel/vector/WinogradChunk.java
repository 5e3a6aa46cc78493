package org.lawu.internal.kernel.vector;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.ConvolutionSizes;
import org.lawu.internal.kernel.Floats;

/**
 * Some rows of tiles of {@link Winograd}, and the way of their channels through the transforms. A
 * transformed channel has a row of {@link #width} slots for each of the 36 places, and places are
 * {@link #step} apart.
 */
final class WinogradChunk {

  private static final int LANES = Tiles.LANES;

  /** Channels that {@link #transpose} takes together. */
  static final int CHANNELS = 16;

  private final ConvolutionSizes sizes;
  private final int tileRows;
  private final int slots;
  private final int rowsOfChunk;
  private final int widest;
  private final int rowStep;
  private final float[] padded; // rows of an image with zeros around them, and a row of zeros
  private final int linesStep;
  private final float[] lines; // transformed along columns: rows of image columns
  private final int splitStep;
  private final float[] split; // for each row of lines four rows of slots
  private final float[] gradients; // rows of an output's gradient, zeros to their right
  private final float[] columns; // transformed rows of slots
  private final float[] four; // channels by fours
  private int firstRow;
  private int rows;
  private int used;
  private int width;

  WinogradChunk(ConvolutionSizes sizes, int tileRows, int slots, int rowsOfChunk) {
    this.sizes = sizes;
    this.tileRows = tileRows;
    this.slots = slots;
    this.rowsOfChunk = rowsOfChunk;
    widest = wholePanels(rowsOfChunk * slots);
    rowStep = 4 * slots + 2 * LANES;
    padded = new float[7 * rowStep];
    linesStep = 4 * widest + 2 * LANES;
    lines = new float[6 * linesStep];
    splitStep = widest + LANES;
    split = new float[24 * splitStep];
    gradients = new float[4 * rowStep];
    columns = new float[4 * splitStep];
    four = new float[CHANNELS * widest];
  }

  static int wholePanels(int columns) {
    return (columns + Tiles.COLUMNS - 1) / Tiles.COLUMNS * Tiles.COLUMNS;
  }

  /** From one place of so many channels to the next; no power of two, which caches dislike. */
  int step(int channels) {
    return channels * widest + LANES;
  }

  /** Slots of this chunk, those that fill up the last panel included. */
  int width() {
    return width;
  }

  /** Slots of the largest chunk. */
  int widest() {
    return widest;
  }

  /** Slots of this chunk. */
  int used() {
    return used;
  }

  /** Turns to a chunk. */
  void select(int chunk) {
    firstRow = chunk * rowsOfChunk;
    rows = Math.min(rowsOfChunk, sizes.images() * tileRows - firstRow);
    used = rows * slots;
    width = wholePanels(used);
  }

  /** {@code v = B^T d B} of the channels of a group. */
  void transformImages(Floats x, int group, int channels, float[] v, int vAt) {
    int area = sizes.area();
    for (int c = 0; c < channels; c++) {
      for (int r = 0; r < rows; r++) {
        int image = (firstRow + r) / tileRows;
        int top = (firstRow + r) % tileRows * 4 - sizes.paddingHeight();
        int plane = x.at() + ((image * sizes.groups() + group) * channels + c) * area;
        transformRow(x.data(), plane, top, r * slots * 4);
      }
      clearRest();
      for (int i = 0; i < 6; i++) {
        int at = i * 4 * splitStep;
        WinogradTransforms.split(lines, i * linesStep, split, at, splitStep, width);
        WinogradTransforms.image(
            split,
            at,
            at + splitStep,
            at + 2 * splitStep,
            at + 3 * splitStep,
            at + 1,
            at + splitStep + 1,
            v,
            vAt + 6 * i * step(channels) + c * width,
            step(channels),
            width);
      }
    }
  }

  /** Slots without tiles hold finite numbers, because a product multiplies them with zeros. */
  private void clearRest() {
    for (int i = 0; i < 6; i++) {
      Arrays.fill(lines, i * linesStep + 4 * used, (i + 1) * linesStep, 0);
    }
  }

  private void transformRow(float[] x, int plane, int top, int to) {
    int n = 4 * slots;
    int w = sizes.width();
    int at = plane + top * w;
    boolean inside = top >= 0 && top + 6 <= sizes.height();
    boolean whole = sizes.paddingWidth() == 0 && w >= n - 2;
    if (inside && whole && at + 5 * w + n + LANES <= x.length) {
      WinogradTransforms.image(
          x, at, at + w, at + 2 * w, at + 3 * w, at + 4 * w, at + 5 * w, lines, to, linesStep, n);
      return;
    }
    for (int i = 0; i < 6; i++) {
      if (top + i >= 0 && top + i < sizes.height()) {
        int left = sizes.paddingWidth();
        System.arraycopy(x, at + i * w, padded, i * rowStep + left, Math.min(w, n - left));
      }
    }
    WinogradTransforms.image(
        padded,
        row(top, 0),
        row(top, 1),
        row(top, 2),
        row(top, 3),
        row(top, 4),
        row(top, 5),
        lines,
        to,
        linesStep,
        n);
  }

  /** Where in {@link #padded} row i of a tile is; outside the image the row of zeros. */
  private int row(int top, int i) {
    return (top + i >= 0 && top + i < sizes.height() ? i : 6) * rowStep;
  }

  /** {@code y = max(A^T m A + b, least)}. */
  void transformOutput(
      float[] m, int group, int channels, @Nullable Floats bias, float least, Floats y) {
    int step = step(channels);
    for (int c = 0; c < channels; c++) {
      for (int j = 0; j < 6; j++) {
        WinogradTransforms.output(
            m, j * step + c * width, 6 * step, split, j * splitStep, 6 * splitStep, width);
      }
      for (int i = 0; i < 4; i++) {
        WinogradTransforms.output(
            split, 6 * i * splitStep, splitStep, columns, 0, splitStep, width);
        WinogradTransforms.merge(columns, 0, splitStep, lines, i * linesStep, LANES, LANES, width);
      }
      float shift = bias == null ? 0 : bias.data()[bias.at() + group * channels + c];
      for (int r = 0; r < rows; r++) {
        int image = (firstRow + r) / tileRows;
        int plane = y.at() + ((image * sizes.groups() + group) * channels + c) * sizes.outArea();
        writeRow(r, (firstRow + r) % tileRows * 4, shift, least, y.data(), plane);
      }
    }
  }

  private void writeRow(int row, int top, float shift, float least, float[] y, int plane) {
    for (int i = 0; i < Math.min(4, sizes.outHeight() - top); i++) {
      WinogradTransforms.shift(
          lines,
          i * linesStep + row * slots * 4,
          shift,
          least,
          y,
          plane + (top + i) * sizes.outWidth(),
          sizes.outWidth());
    }
  }

  /** {@code m = A g A^T} of the channels of a group; 0 in slots without tiles. */
  void transformGradient(Floats g, int group, int channels, float[] m) {
    int w = sizes.outWidth();
    for (int c = 0; c < channels; c++) {
      for (int r = 0; r < rows; r++) {
        int image = (firstRow + r) / tileRows;
        int top = (firstRow + r) % tileRows * 4;
        int plane = g.at() + ((image * sizes.groups() + group) * channels + c) * sizes.outArea();
        for (int i = 0; i < 4; i++) {
          if (top + i < sizes.outHeight()) {
            System.arraycopy(g.data(), plane + (top + i) * w, gradients, i * rowStep, w);
          } else {
            Arrays.fill(gradients, i * rowStep, i * rowStep + w, 0);
          }
        }
        WinogradTransforms.gradient(
            gradients, 0, rowStep, lines, r * slots * 4, linesStep, 4 * slots);
      }
      clearRest();
      for (int i = 0; i < 6; i++) {
        int at = i * 4 * splitStep;
        WinogradTransforms.split(lines, i * linesStep, split, at, splitStep, width);
        WinogradTransforms.gradient(
            split, at, splitStep, m, 6 * i * step(channels) + c * width, step(channels), width);
      }
    }
  }

  /**
   * Sixteen channels of a place as columns: slot s of channel {@code 4 q + r} goes to {@code out[s
   * * outStep + 4 r + q]}.
   */
  void transpose(float[] v, int at, float[] out, int outAt, int outStep) {
    for (int q = 0; q < 4; q++) {
      WinogradTransforms.merge(
          v, at + 4 * q * width, width, four, q * 4 * widest, LANES, LANES, width);
    }
    WinogradTransforms.merge(four, 0, 4 * widest, out, outAt, CHANNELS, outStep, 4 * width);
  }

  /** The column of a {@link #transpose}d channel. */
  static int column(int channel) {
    return channel / CHANNELS * CHANNELS + channel % 4 * 4 + channel % CHANNELS / 4;
  }
}
