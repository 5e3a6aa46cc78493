package org.lawu.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.random.Philox;

class TensorTest {

  private static Tensor matrix() {
    return Tensor.arange(6).to(DType.FLOAT32).reshape(2, 3);
  }

  @Test
  void creates() {
    assertThat(Tensor.of(1f, 2f).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(Tensor.of(1.0, 2.0).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(Tensor.of(1, 2).dtype()).isEqualTo(DType.INT32);
    assertThat(Tensor.of(true, false).dtype()).isEqualTo(DType.BOOL);
    assertThat(Tensor.zeros(2, 0).shape()).isEqualTo(Shape.of(2, 0));
    assertThat(Tensor.ones(2).toFloatArray()).containsExactly(1, 1);
    assertThat(Tensor.arange(5).toIntArray()).containsExactly(0, 1, 2, 3, 4);
    assertThat(Tensor.arange(1, 8, 3).toIntArray()).containsExactly(1, 4, 7);
    assertThat(Tensor.arange(5, 0, -2).toIntArray()).containsExactly(5, 3, 1);
    assertThat(Tensor.arange(5, 5, 1).shape()).isEqualTo(Shape.of(0));
    assertThat(Tensor.linspace(0, 1, 5).toFloatArray()).containsExactly(0, .25f, .5f, .75f, 1);
    assertThat(Tensor.eye(2).toFloatArray()).containsExactly(1, 0, 0, 1);
    assertThat(Tensor.scalar(3).item()).isEqualTo(3);
  }

  @Test
  void copiesWhatItIsGivenAndWhatItGives() {
    float[] elements = {1, 2};
    Tensor x = Tensor.of(elements);
    elements[0] = 9;
    x.toFloatArray()[1] = 9;
    assertThat(x.toFloatArray()).containsExactly(1, 2);
  }

  @Test
  void refusesElementsThatDoNotFillTheShape() {
    assertThatThrownBy(() -> Tensor.of(new float[] {1, 2, 3}, 2, 2))
        .isInstanceOf(ShapeException.class)
        .hasMessage("of: 3 elements do not fill the shape [2, 2], which has 4");
    assertThatThrownBy(() -> Tensor.full(1.5, Shape.of(2), DType.INT32))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "full: 1.5 is no INT32 value; convert the tensor with .to(DType.FLOAT32) first");
    assertThatThrownBy(() -> Tensor.arange(0, 5, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("arange: the step must not be 0");
    assertThatThrownBy(() -> Tensor.linspace(0, 1, 0))
        .hasMessage("linspace: the count must be at least 1, got 0");
  }

  @Test
  void readsElements() {
    Tensor x = matrix();
    assertThat(x.get(1, 2)).isEqualTo(5);
    assertThat(x.transpose().get(2, 1)).isEqualTo(5);
    assertThatThrownBy(() -> x.get(2, 0))
        .isInstanceOf(IndexException.class)
        .hasMessage("get: index 2 is out of range for axis 0 of [2, 3]");
    assertThatThrownBy(() -> x.get(1)).hasMessage("get: needs 2 indices for [2, 3], got [1]");
    assertThatThrownBy(x::item)
        .hasMessage("item: needs one element, got [2, 3]; reduce it or use get");
    assertThatThrownBy(x::toIntArray)
        .hasMessage(
            "toIntArray: the tensor is FLOAT32 [2, 3]; convert with .to(DType.INT32) first");
  }

  @Test
  void typesDoNotMix() {
    assertThatThrownBy(() -> matrix().add(Tensor.of(1, 2, 3)))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "add: element types differ: FLOAT32 [2, 3] and INT32 [3];"
                + " convert one with .to(DType.FLOAT32)");
    assertThat(Tensor.of(1, 2).mul(3).toIntArray()).containsExactly(3, 6);
    assertThatThrownBy(() -> Tensor.of(1, 2).div(2))
        .hasMessage("div: INT32 is not supported; convert with .to(DType.FLOAT32) first");
    assertThatThrownBy(() -> Tensor.of(true).add(Tensor.of(true)))
        .hasMessage("add: BOOL is not supported; convert with .to(DType.FLOAT32) first");
    assertThatThrownBy(() -> Tensor.of(1).exp())
        .hasMessage(
            "exp: needs FLOAT32 or FLOAT64, got INT32 [1]; convert with .to(DType.FLOAT32)");
  }

  @Test
  void wrongShapesNameTheOperationAndBothShapes() {
    assertThatThrownBy(() -> Tensor.zeros(32, 784).matmul(Tensor.zeros(512, 10)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("matmul: inner sizes differ: [32, 784] x [512, 10] (784 vs 512)");
    assertThatThrownBy(() -> Tensor.zeros(2, 4, 3).matmul(Tensor.zeros(3, 3, 4)))
        .hasMessage(
            "matmul: shapes do not broadcast: [2] and [3] (axis -1: 2 vs 3);"
                + " sizes must be equal or 1");
    assertThatThrownBy(() -> Tensor.zeros(5, 3).linear(Tensor.zeros(7, 4)))
        .hasMessage("linear: last axis must be 4, input is [5, 3] (weight [7, 4])");
    assertThatThrownBy(() -> Tensor.concat(0, Tensor.zeros(2, 3), Tensor.zeros(2, 4)))
        .hasMessage("concat: shapes must agree except along axis 0: [2, 3] and [2, 4]");
    assertThatThrownBy(() -> Tensor.stack(0, Tensor.zeros(2), Tensor.zeros(3)))
        .hasMessage("stack: shapes must be equal: [2] and [3]");
  }

  @Test
  void indicesOutOfRangeNameTheirPlace() {
    assertThatThrownBy(() -> matrix().indexSelect(1, Tensor.of(0, 3)))
        .isInstanceOf(IndexException.class)
        .hasMessage("indexSelect: index 3 at position [1] is out of range 0 to 2");
    assertThatThrownBy(() -> Tensor.of(0, -1).oneHot(3))
        .hasMessage("oneHot: label -1 at position [1] is out of range 0 to 2");
    assertThatThrownBy(() -> matrix().slice(1, 2, 5))
        .hasMessage(
            "slice: 2 to 5 step 1 is out of range for axis 1 of [2, 3] (0 to 3, step at least 1)");
    assertThatThrownBy(() -> matrix().select(0, 2))
        .hasMessage("select: index 2 is out of range for axis 0 of [2, 3]");
    assertThatThrownBy(() -> matrix().crossEntropy(Tensor.of(0, 3)))
        .hasMessage("crossEntropy: label 3 at position [1] is out of range 0 to 2");
  }

  @Test
  void viewsShareAndComputeLikeCopies() {
    Tensor x = Tensor.normal(new Philox(1), 0, 1, 5, 7, 3);
    Tensor view = x.permute(2, 0, 1).slice(2, 1, 6, 2).slice(1, 1, 5);
    Tensor copy = Tensor.of(view.toFloatArray(), view.shape().toArray());
    assertThat(view).isEqualTo(copy);
    assertThat(view.exp()).isEqualTo(copy.exp());
    assertThat(view.add(copy.sum(0))).isEqualTo(copy.add(copy.sum(0)));
    assertThat(view.sum(1).allClose(copy.sum(1), 1e-6, 1e-6)).isTrue();
    assertThat(view.max(new int[] {0, 2}, true)).isEqualTo(copy.max(new int[] {0, 2}, true));
    assertThat(view.softmax(1).allClose(copy.softmax(1), 1e-6, 0)).isTrue();
    assertThat(view.reshape(-1)).isEqualTo(copy.reshape(-1));
  }

  @Test
  void castsAsJavaDoes() {
    assertThat(Tensor.of(1.9f, -1.9f, Float.NaN, 1e20f).to(DType.INT32).toIntArray())
        .containsExactly(1, -1, 0, Integer.MAX_VALUE);
    assertThat(Tensor.of(0f, 0.5f).to(DType.BOOL).toBooleanArray()).containsExactly(false, true);
    assertThat(Tensor.of(true, false).to(DType.FLOAT64).toDoubleArray()).containsExactly(1, 0);
    Tensor x = matrix();
    assertThat(x.to(DType.FLOAT32)).isSameAs(x);
  }

  @Test
  void wholeNumberSumsAreExactOrRefused() {
    assertThat(Tensor.of(Integer.MAX_VALUE, -1).sum().item()).isEqualTo(Integer.MAX_VALUE - 1.0);
    assertThatThrownBy(() -> Tensor.of(Integer.MAX_VALUE, 1).sum())
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "sum: the result 2147483648 does not fit INT32; convert with .to(DType.FLOAT64)"
                + " first");
    assertThatThrownBy(() -> Tensor.zeros(0).max())
        .hasMessage(
            "max: shape [0] has no elements along the axes [0]; there is nothing to choose from");
    assertThatThrownBy(() -> Tensor.zeros(3, 0).mean(1))
        .hasMessage("mean: shape [3, 0] has no elements along the axes [1]");
  }

  @Test
  void isAValue() {
    assertThat(matrix()).isEqualTo(matrix()).hasSameHashCodeAs(matrix());
    assertThat(matrix()).isNotEqualTo(matrix().reshape(3, 2)).isNotEqualTo(matrix().add(1));
    assertThat(Tensor.of(Float.NaN)).isEqualTo(Tensor.of(Float.NaN));
    assertThat(Tensor.of(1)).isNotEqualTo(Tensor.of(1f));
    assertThat(Tensor.of(1f, 2f).allClose(Tensor.of(1f, 2.001f), 1e-3, 0)).isTrue();
    assertThat(Tensor.of(1f, 2f).allClose(Tensor.of(1f, 2.1f), 1e-3, 0)).isFalse();
    assertThat(Tensor.of(1f).allClose(Tensor.of(1f, 1f), 1, 1)).isFalse();
  }

  @Test
  void printsLikeNumPy() {
    assertThat(matrix())
        .hasToString(
            """
            Tensor(FLOAT32, [2, 3])
            [[0.0000, 1.0000, 2.0000],
             [3.0000, 4.0000, 5.0000]]\
            """);
    assertThat(Tensor.of(-1, 20, 3)).hasToString("Tensor(INT32, [3]) [-1, 20,  3]");
    assertThat(Tensor.of(true, false)).hasToString("Tensor(BOOL, [2]) [ true, false]");
    assertThat(Tensor.of(1e-9f, 1f)).hasToString("Tensor(FLOAT32, [2]) [1.0000e-09, 1.0000e+00]");
    assertThat(Tensor.of(Float.NaN, Float.NEGATIVE_INFINITY))
        .hasToString("Tensor(FLOAT32, [2]) [ nan, -inf]");
    assertThat(Tensor.scalar(2.5)).hasToString("Tensor(FLOAT32, []) 2.5000");
    assertThat(Tensor.zeros(2, 0)).hasToString("Tensor(FLOAT32, [2, 0])[]");
    assertThat(Tensor.arange(2000))
        .hasToString("Tensor(INT32, [2000]) [   0,    1,    2, ..., 1997, 1998, 1999]");
    assertThat(Tensor.zeros(100, 100).toString().lines().count()).isEqualTo(8);
  }

  @Test
  void logSumExpStandsInfinities() {
    Tensor x = Tensor.of(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY);
    assertThat(x.logSumExp().item()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Tensor.of(1000f, 1000f).logSumExp().item()).isEqualTo((float) (1000 + Math.log(2)));
  }

  @Test
  void matmulTakesVectors() {
    Tensor vector = Tensor.of(1f, 2f, 3f);
    assertThat(vector.matmul(vector).item()).isEqualTo(14);
    assertThat(matrix().matmul(vector).toFloatArray()).containsExactly(8, 26);
    assertThat(Tensor.of(1f, 2f).matmul(matrix()).toFloatArray()).containsExactly(6, 9, 12);
    assertThat(Tensor.ones(4, 2, 3).matmul(vector).shape()).isEqualTo(Shape.of(4, 2));
    assertThat(Tensor.ones(3, 0).matmul(Tensor.ones(0, 2))).isEqualTo(Tensor.zeros(3, 2));
    assertThatThrownBy(() -> Tensor.scalar(1).matmul(vector))
        .hasMessage("matmul: needs vectors or matrices, got [] x [3]; use mul for scalars");
  }

  @Test
  void takesStepsOfAnyLength() {
    assertThat(Tensor.arange(5).slice(0, 1, 5, Integer.MAX_VALUE)).isEqualTo(Tensor.of(1));
    assertThat(Tensor.arange(5).slice(0, 2, 2, Integer.MAX_VALUE).size(0)).isZero();
    assertThatThrownBy(() -> Tensor.arange(Integer.MIN_VALUE, Integer.MAX_VALUE, 1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "arange: -2147483648 to 2147483647 by 1 are 4294967295 elements; a tensor holds at most"
                + " 2147483647");
  }
}
