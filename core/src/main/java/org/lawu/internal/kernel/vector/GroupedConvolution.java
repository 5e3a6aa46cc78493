package org.lawu.internal.kernel.vector;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.ConvolutionKernels;
import org.lawu.internal.kernel.ConvolutionSizes;
import org.lawu.internal.kernel.Floats;
import org.lawu.internal.kernel.PanelPool;
import org.lawu.internal.parallel.Parallel;

/**
 * Convolution in many groups of few channels, such as that of each channel by itself (depthwise). A
 * matrix product would have few rows; here each output channel is a {@link Correlation} of {@link
 * ChannelPlanes}.
 */
final class GroupedConvolution implements ConvolutionKernels {

  /** Pairs of channels of a group up to which this is faster than a matrix product. */
  private static final int MOST_PAIRS = 64;

  /** There are as many planes as the product of the strides. */
  private static final int LONGEST_STRIDE = 4;

  /** Elements of the channels of a group, 16 KB, that stay in the first-level cache. */
  private static final int STRIP = 1 << 12;

  /** The least that is below nothing. */
  private static final float NEVER = Float.NEGATIVE_INFINITY;

  /** Multiply-adds worth another thread. */
  private static final long GRAIN = 1 << 17;

  private final ConvolutionSizes sizes;
  private final PanelPool pool;
  private final ChannelPlanes planes;
  private final int in;
  private final int out;
  private final int area;
  private final int kernel;

  GroupedConvolution(ConvolutionSizes sizes, PanelPool pool) {
    this.sizes = sizes;
    this.pool = pool;
    this.planes = new ChannelPlanes(sizes);
    this.in = sizes.in();
    this.out = sizes.out();
    this.area = sizes.area();
    this.kernel = sizes.kernelArea();
  }

  static boolean suits(ConvolutionSizes sizes) {
    return sizes.groups() > 1
        && sizes.in() * sizes.out() <= MOST_PAIRS
        && sizes.kernelArea() > 1
        && Math.max(sizes.strideHeight(), sizes.strideWidth()) <= LONGEST_STRIDE;
  }

  /** How many of {@code n} steps make a chunk, if each is about so many parts. */
  private int grain(int parts, int n) {
    long work = (long) parts * in * out * kernel * planes.spread();
    return Math.clamp(GRAIN / Math.max(1, work), 1, Math.max(1, n));
  }

  private float[] zeros(int length) {
    float[] buffer = pool.take(length);
    Arrays.fill(buffer, 0, length, 0);
    return buffer;
  }

  @Override
  public void forward(Floats x, Floats weight, @Nullable Floats bias, boolean relu, Floats y) {
    float least = relu ? 0 : NEVER;
    int[] offsets =
        IntStream.range(0, in * kernel)
            .map(tap -> tap / kernel * planes.elements() + planes.offset(tap % kernel))
            .toArray();
    int n = planes.spread();
    int room = Correlation.blocks(n);
    int strip = Correlation.blocks(STRIP / in);
    Parallel.range(
        sizes.parts(),
        grain(1, sizes.parts()),
        (from, to) -> {
          float[] image = zeros(in * planes.elements());
          float[] spread = pool.take(out * room);
          for (int part = from; part < to; part++) {
            read(x, part, image);
            for (int place = 0; place < n; place += strip) {
              for (int o = 0; o < out; o++) {
                int w = weight.at() + sizes.weight(part) + o * in * kernel;
                float start = bias(bias, part, o);
                int count = Math.min(strip, n - place);
                int at = o * room + place;
                Correlation.run(
                    image, place, offsets, weight.data(), w, start, least, spread, at, count);
              }
            }
            for (int o = 0; o < out; o++) {
              int at = y.at() + sizes.output(part) + o * sizes.outArea();
              planes.collect(spread, o * room, y.data(), at);
            }
          }
          pool.give(image);
          pool.give(spread);
        });
  }

  private float bias(@Nullable Floats bias, int part, int channel) {
    return bias == null ? 0 : bias.data()[bias.at() + part % sizes.groups() * out + channel];
  }

  private void read(Floats x, int part, float[] image) {
    for (int c = 0; c < in; c++) {
      planes.read(x.data(), x.at() + sizes.input(part) + c * area, image, c * planes.elements());
    }
  }

  /** The gradient with respect to kernels; the images of a group one after the other. */
  @Override
  public void weightGradient(Floats x, Floats g, Floats weight) {
    int[] offsets = IntStream.range(0, kernel).map(planes::offset).toArray();
    int n = planes.spread();
    float[] gradient = weight.data();
    Arrays.fill(gradient, weight.at(), weight.at() + sizes.groups() * out * in * kernel, 0);
    Parallel.range(
        sizes.groups(),
        grain(sizes.images(), sizes.groups()),
        (from, to) -> {
          float[] image = zeros(in * planes.elements());
          float[] spread = zeros(Correlation.blocks(n));
          for (int i = 0; i < sizes.images() * (to - from); i++) {
            int part = i / (to - from) * sizes.groups() + from + i % (to - from);
            read(x, part, image);
            for (int o = 0; o < out; o++) {
              planes.spread(g.data(), g.at() + sizes.output(part) + o * sizes.outArea(), spread, 0);
              int w = weight.at() + sizes.weight(part) + o * in * kernel;
              for (int tap = 0; tap < in * kernel; tap++) {
                int at = tap / kernel * planes.elements() + offsets[tap % kernel];
                gradient[w + tap] += Correlation.dot(spread, 0, image, at, n);
              }
            }
          }
          pool.give(image);
          pool.give(spread);
        });
  }

  /**
   * What meets a plane: elements of the kernel, and for each output channel and each of them where
   * the gradient is that the plane's first element sees.
   */
  private record Meeting(int[] elements, int[] offsets) {}

  private Meeting meeting(int plane, int step) {
    int[] elements = IntStream.range(0, kernel).filter(e -> planes.planeOf(e) == plane).toArray();
    int[] offsets =
        IntStream.range(0, out * elements.length)
            .map(i ->
                i / elements.length * step
                    + planes.longest()
                    - planes.distance(elements[i % elements.length]))
            .toArray();
    return new Meeting(elements, offsets);
  }

  /**
   * The gradient with respect to images: each plane is a correlation of the spread gradients of the
   * outputs, with as many zeros before them as the longest distance.
   */
  @Override
  public void inputGradient(Floats g, Floats weight, Floats x) {
    int step = planes.longest() + planes.plane();
    List<Meeting> meetings =
        IntStream.range(0, planes.count()).mapToObj(plane -> meeting(plane, step)).toList();
    Parallel.range(
        sizes.parts(),
        grain(1, sizes.parts()),
        (from, to) -> {
          float[] spread = zeros(out * step);
          float[] image = pool.take(planes.elements());
          float[] met = new float[out * kernel];
          for (int part = from; part < to; part++) {
            for (int o = 0; o < out; o++) {
              int at = g.at() + sizes.output(part) + o * sizes.outArea();
              planes.spread(g.data(), at, spread, o * step + planes.longest());
            }
            for (int c = 0; c < in; c++) {
              for (int plane = 0; plane < planes.count(); plane++) {
                Meeting meeting = meetings.get(plane);
                int w = weight.at() + sizes.weight(part) + c * kernel;
                select(weight.data(), w, meeting.elements, met);
                int at = plane * planes.plane();
                Correlation.run(
                    spread, 0, meeting.offsets, met, 0, 0, NEVER, image, at, planes.area());
              }
              planes.write(image, 0, x.data(), x.at() + sizes.input(part) + c * area);
            }
          }
          pool.give(spread);
          pool.give(image);
        });
  }

  /** Some elements of the kernels of an input channel, for each output channel. */
  private void select(float[] weight, int at, int[] elements, float[] selected) {
    int i = 0;
    for (int o = 0; o < out; o++) {
      for (int element : elements) {
        selected[i++] = weight[at + o * in * kernel + element];
      }
    }
  }
}
