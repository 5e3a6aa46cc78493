package org.lawu.testkit.specification;

import static org.lawu.testkit.SampleShapes.sample;
import static org.lawu.testkit.specification.Arguments.floats;
import static org.lawu.testkit.specification.Arguments.ints;

import java.util.List;
import java.util.stream.Stream;
import org.lawu.internal.operation.BatchNorm;
import org.lawu.internal.operation.ChannelAffine;
import org.lawu.internal.operation.ChannelMoments;
import org.lawu.internal.operation.LayerNorm;
import org.lawu.internal.operation.RmsNorm;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.Domain;
import org.lawu.testkit.OperationSpecification;

/** Normalization over the last axes, and of channels. */
final class NormalizationSpecifications {
  private static final Domain REALS = Domain.reals(-2, 2);
  private static final Domain POSITIVE = Domain.reals(0.5, 2);
  private static final double EPSILON = 0.1;
  private static final double TOLERANCE = 2e-6;

  private NormalizationSpecifications() {}

  static Stream<OperationSpecification> all() {
    return Stream.of(layerNorm(), rmsNorm(), batchNorm(), moments(), byMoments());
  }

  /** Numbers far from 0, where squares would lose their digits. */
  private static Tensor far(int... sizes) {
    return Tensor.normal(new Philox(3), 0, 1, sizes).add(300);
  }

  private static OperationSpecification layerNorm() {
    return OperationSpecification.of(
            "layerNorm", in -> in.get(0).layerNorm(in.get(1), in.get(2), EPSILON))
        .inputs(REALS, REALS, REALS)
        .samples(
            List.of(
                sample(Shape.of(3, 7), Shape.of(7), Shape.of(7)),
                sample(Shape.of(2, 3, 5), Shape.of(3, 5), Shape.of(3, 5)),
                sample(Shape.of(2, 2, 37), Shape.of(37), Shape.of(37)),
                sample(Shape.of(4), Shape.of(4), Shape.of(4)),
                sample(Shape.of(3, 1), Shape.of(1), Shape.of(1)),
                sample(Shape.of(0, 3), Shape.of(3), Shape.of(3))))
        .extreme(far(3, 100).sub(299), floats(100), floats(100))
        .tolerance(TOLERANCE)
        .covers(LayerNorm.class)
        .refuses(
            () -> floats(2, 3).layerNorm(floats(4), floats(4), 1),
            "layerNorm: the last axes must be those of the weight [4], input is [2, 3]")
        .refuses(
            () -> floats(3).layerNorm(floats(2, 3), floats(2, 3), 1),
            "layerNorm: the last axes must be those of the weight [2, 3], input is [3]")
        .refuses(
            () -> floats(2, 3).layerNorm(floats(3), floats(2), 1),
            "layerNorm: the bias must be [3] like the weight, got [2]")
        .refuses(
            () -> floats(2, 0).layerNorm(floats(0), floats(0), 1),
            "layerNorm: the weight must have axes and elements, got [0]")
        .refuses(
            () -> floats(2, 3).layerNorm(floats(3), floats(3), 0),
            "layerNorm: epsilon must be positive and finite, got 0.0")
        .refuses(
            () -> ints(2, 3).layerNorm(ints(3), ints(3), 1),
            "layerNorm: needs FLOAT32 or FLOAT64, got INT32 [2, 3]; convert with"
                + " .to(DType.FLOAT32)");
  }

  private static OperationSpecification rmsNorm() {
    return OperationSpecification.of("rmsNorm", in -> in.get(0).rmsNorm(in.get(1), EPSILON))
        .inputs(REALS, REALS)
        .samples(
            List.of(
                sample(Shape.of(3, 7), Shape.of(7)),
                sample(Shape.of(2, 3, 5), Shape.of(3, 5)),
                sample(Shape.of(2, 2, 37), Shape.of(37)),
                sample(Shape.of(4), Shape.of(4)),
                sample(Shape.of(0, 3), Shape.of(3))))
        .tolerance(TOLERANCE)
        .covers(RmsNorm.class)
        .refuses(
            () -> floats(2, 3).rmsNorm(floats(4), 1),
            "rmsNorm: the last axes must be those of the weight [4], input is [2, 3]")
        .refuses(
            () -> floats(2, 3).rmsNorm(floats(3), -1),
            "rmsNorm: epsilon must be positive and finite, got -1.0")
        .refuses(
            () -> floats(2, 3).rmsNorm(ints(3), 1),
            "rmsNorm: element types differ: FLOAT32 [2, 3] and INT32 [3]; convert one with"
                + " .to(DType.FLOAT32)");
  }

  private static OperationSpecification batchNorm() {
    return OperationSpecification.of(
            "batchNorm", in -> in.get(0).batchNorm(in.get(1), in.get(2), EPSILON).output())
        .inputs(REALS, REALS, REALS)
        .samples(
            List.of(
                sample(Shape.of(5, 3), Shape.of(3), Shape.of(3)),
                sample(Shape.of(2, 3, 5), Shape.of(3), Shape.of(3)),
                sample(Shape.of(2, 2, 3, 7), Shape.of(2), Shape.of(2)),
                sample(Shape.of(2, 1, 5, 8), Shape.of(1), Shape.of(1)),
                sample(Shape.of(2, 0, 2), Shape.of(0), Shape.of(0))))
        .extreme(far(3, 2, 6, 7).sub(299), floats(2), floats(2))
        .tolerance(TOLERANCE)
        .covers(BatchNorm.class)
        .refuses(
            () -> floats(2).batchNorm(floats(2), floats(2), 1).output(),
            "batchNorm: the input must be [n, channels, ...], got [2]")
        .refuses(
            () -> floats(2, 3).batchNorm(floats(2), floats(3), 1).output(),
            "batchNorm: the weight must be [3], one number for each channel, got [2] (input [2,"
                + " 3])")
        .refuses(
            () -> floats(2, 3).batchNorm(floats(3), floats(2), 1).output(),
            "batchNorm: the bias must be [3], one number for each channel, got [2] (input [2, 3])")
        .refuses(
            () -> floats(2, 3).batchNorm(floats(3), floats(3), 0).output(),
            "batchNorm: epsilon must be positive and finite, got 0.0")
        .refuses(
            () -> ints(2, 3).batchNorm(ints(3), ints(3), 1).output(),
            "batchNorm: needs FLOAT32 or FLOAT64, got INT32 [2, 3]; convert with"
                + " .to(DType.FLOAT32)");
  }

  private static OperationSpecification moments() {
    return OperationSpecification.of(
            "moments of batchNorm",
            in -> {
              var normalized = in.getFirst().batchNorm(floats(3), floats(3), 1);
              return Tensor.concat(0, normalized.mean(), normalized.variance());
            })
        .reference(in -> {
          Tensor channels = in.getFirst().transpose(0, 1).reshape(3, -1);
          return Tensor.concat(0, channels.mean(1), channels.variance(new int[] {1}, false));
        })
        .inputs(REALS)
        .samples(
            List.of(
                sample(Shape.of(5, 3)), sample(Shape.of(2, 3, 5)), sample(Shape.of(2, 3, 5, 7))))
        .extreme(far(40, 3, 11, 13))
        .derivatives(0)
        .tolerance(TOLERANCE)
        .covers(ChannelMoments.class);
  }

  private static OperationSpecification byMoments() {
    return OperationSpecification.of(
            "batchNorm by given moments",
            in -> in.get(0).batchNorm(in.get(1), in.get(2), in.get(3), in.get(4), EPSILON))
        .inputs(REALS, REALS, REALS, REALS, POSITIVE)
        .samples(
            List.of(
                sample(Shape.of(5, 3), Shape.of(3), Shape.of(3), Shape.of(3), Shape.of(3)),
                sample(Shape.of(2, 3, 5), Shape.of(3), Shape.of(3), Shape.of(3), Shape.of(3)),
                sample(Shape.of(1, 2, 5, 7), Shape.of(2), Shape.of(2), Shape.of(2), Shape.of(2)),
                sample(Shape.of(0, 2, 3), Shape.of(2), Shape.of(2), Shape.of(2), Shape.of(2))))
        .tolerance(TOLERANCE)
        .covers(ChannelAffine.class)
        .refuses(
            () -> floats(2, 3).batchNorm(floats(3), floats(3), floats(2), floats(3), 1),
            "batchNorm: the mean must be [3], one number for each channel, got [2] (input [2, 3])")
        .refuses(
            () -> floats(2, 3).batchNorm(floats(3), floats(3), floats(3), floats(3), -1),
            "batchNorm: epsilon must be positive and finite, got -1.0");
  }
}
