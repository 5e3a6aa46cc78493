package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.nn.Layer;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class ActivationsTest {

  /** What holds for all of them, for the values of one. */
  interface Activation extends LayerContract {

    /** What -2, 0 and 1 become. */
    double[] values();

    @Override
    default Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 3);
    }

    @Override
    default Shape outputShape() {
      return Shape.of(4, 3);
    }

    @Override
    default List<String> stateNames() {
      return List.of();
    }

    @Override
    default Tensor wrongInput() {
      return Tensor.arange(3);
    }

    @Override
    default String wrongMessage() {
      String name = create().toString().replaceAll("\\(.*", "");
      return Character.toLowerCase(name.charAt(0))
          + name.substring(1)
          + ": needs FLOAT32 or FLOAT64, got INT32 [3]; convert with .to(DType.FLOAT32)";
    }

    @Test
    default void hasTheValuesOfItsFormula() {
      Tensor input = Tensor.of(-2.0, 0.0, 1.0);
      Tensor expected = Tensor.of(values());
      assertThat(create().predict(input).dtype()).isEqualTo(DType.FLOAT64);
      assertThat(create().predict(input).allClose(expected, 1e-9, 1e-9)).isTrue();
      Tensor single = create().predict(input.to(DType.FLOAT32));
      assertThat(single.dtype()).isEqualTo(DType.FLOAT32);
      assertThat(single.allClose(expected.to(DType.FLOAT32), 1e-5, 1e-6)).isTrue();
    }
  }

  @Nested
  class ReluTest implements Activation {
    @Override
    public Layer create() {
      return new Relu();
    }

    /** Relu takes numbers of any type. */
    @Override
    public Tensor wrongInput() {
      return Tensor.of(true, false, true);
    }

    @Override
    public String wrongMessage() {
      return "relu: ";
    }

    @Override
    public double[] values() {
      return new double[] {0.0, 0.0, 1.0};
    }
  }

  @Nested
  class LeakyReluTest implements Activation {
    @Override
    public Layer create() {
      return new LeakyRelu();
    }

    @Override
    public double[] values() {
      return new double[] {-0.02, 0.0, 1.0};
    }
  }

  @Nested
  class SigmoidTest implements Activation {
    @Override
    public Layer create() {
      return new Sigmoid();
    }

    @Override
    public double[] values() {
      return new double[] {0.11920292202211755, 0.5, 0.7310585786300049};
    }
  }

  @Nested
  class TanhTest implements Activation {
    @Override
    public Layer create() {
      return new Tanh();
    }

    @Override
    public double[] values() {
      return new double[] {-0.9640275800758169, 0.0, 0.7615941559557649};
    }
  }

  @Nested
  class GeluTest implements Activation {
    @Override
    public Layer create() {
      return new Gelu();
    }

    @Override
    public double[] values() {
      return new double[] {-0.04550026389635842, 0.0, 0.8413447460685429};
    }
  }

  @Nested
  class SiluTest implements Activation {
    @Override
    public Layer create() {
      return new Silu();
    }

    @Override
    public double[] values() {
      return new double[] {-0.2384058440442351, 0.0, 0.7310585786300049};
    }
  }

  @Nested
  class SoftplusTest implements Activation {
    @Override
    public Layer create() {
      return new Softplus();
    }

    @Override
    public double[] values() {
      return new double[] {0.1269280110429725, 0.6931471805599453, 1.3132616875182228};
    }
  }

  @Nested
  class SoftmaxTest implements Activation {
    @Override
    public Layer create() {
      return new Softmax();
    }

    @Override
    public double[] values() {
      return new double[] {0.03511902695933973, 0.25949646034241913, 0.7053845126982411};
    }
  }

  @Nested
  class LogSoftmaxTest implements Activation {
    @Override
    public Layer create() {
      return new LogSoftmax();
    }

    @Override
    public double[] values() {
      return new double[] {-3.3490122167681866, -1.3490122167681864, -0.3490122167681864};
    }
  }

  @Nested
  class ApproximateGeluTest implements Activation {
    @Override
    public Layer create() {
      return Gelu.approximate();
    }

    @Override
    public String wrongMessage() {
      return "geluTanh: needs FLOAT32 or FLOAT64, got INT32 [3]";
    }

    @Override
    public double[] values() {
      return new double[] {-0.04540230591222494, 0.0, 0.8411919906082768};
    }
  }

  @Nested
  class EluTest implements Activation {
    @Override
    public Layer create() {
      return new Elu();
    }

    @Override
    public double[] values() {
      return new double[] {-0.8646647167633873, 0.0, 1.0};
    }
  }

  @Nested
  class SeluTest implements Activation {
    @Override
    public Layer create() {
      return new Selu();
    }

    @Override
    public double[] values() {
      return new double[] {-1.520166468595695, 0.0, 1.0507009873554805};
    }
  }

  @Nested
  class MishTest implements Activation {
    @Override
    public Layer create() {
      return new Mish();
    }

    @Override
    public double[] values() {
      return new double[] {-0.2525014826957089, 0.0, 0.8650983882673103};
    }
  }

  @Nested
  class HardSwishTest implements Activation {
    @Override
    public Layer create() {
      return new HardSwish();
    }

    @Override
    public double[] values() {
      return new double[] {-0.3333333333333333, 0.0, 0.6666666666666666};
    }
  }

  @Test
  void eluTakesAnotherAlpha() {
    assertThat(new Elu(0.5)).hasToString("Elu(0.5)");
    Tensor output = new Elu(0.5).predict(Tensor.of(-2.0, 3.0));
    assertThat(output.allClose(Tensor.of(0.5 * Math.expm1(-2), 3.0), 1e-12, 0)).isTrue();
    assertThatThrownBy(() -> new Elu(Double.NaN))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("elu: alpha must be finite, got NaN");
  }

  @Test
  void leakyReluRefusesASlopeThatIsNoNumber() {
    assertThatThrownBy(() -> new LeakyRelu(Double.NaN))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("leakyRelu: the slope must be finite, got NaN");
  }

  @Test
  void softmaxTakesAnotherAxis() {
    Tensor output = new Softmax(0).predict(Tensor.zeros(2, 3));
    assertThat(output).isEqualTo(Tensor.full(0.5, Shape.of(2, 3), DType.FLOAT32));
  }
}
