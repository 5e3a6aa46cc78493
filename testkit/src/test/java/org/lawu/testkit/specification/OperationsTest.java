package org.lawu.testkit.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.lawu.internal.operation.Operation;
import org.lawu.testkit.OperationContract;
import org.lawu.testkit.OperationSpecification;

/** Every operation keeps the contract, and no operation is without a specification. */
class OperationsTest {

  private static Stream<OperationSpecification> all() {
    return Stream.of(
            ArithmeticSpecifications.all(),
            ComparisonSpecifications.all(),
            ActivationSpecifications.all(),
            ReductionSpecifications.all(),
            ShapeSpecifications.all(),
            IndexingSpecifications.all(),
            ProductSpecifications.all(),
            TensorSpecifications.all(),
            MaskSpecifications.all(),
            OrderSpecifications.all(),
            EinsumSpecifications.all(),
            ConvolutionSpecifications.all(),
            RecurrentSpecifications.all(),
            NormalizationSpecifications.all(),
            AttentionSpecifications.all())
        .flatMap(specifications -> specifications);
  }

  @TestFactory
  Stream<DynamicContainer> everyOperationKeepsTheContract() {
    return all()
        .map(specification ->
            dynamicContainer(
                specification.name(),
                OperationContract.of(specification).checks().stream()
                    .map(check ->
                        dynamicTest(specification + ": " + check.name(), check.body()::run))));
  }

  @Test
  void everyOperationHasASpecification() {
    Set<String> covered =
        all()
            .flatMap(specification -> specification.covers().stream())
            .map(Class::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(covered)
        .isEqualTo(operations(Operation.class).collect(Collectors.toCollection(TreeSet::new)));
  }

  /** The names of the records that a sealed interface permits. */
  private static Stream<String> operations(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(OperationsTest::operations)
        : Stream.of(type.getName());
  }

  @Test
  void namesAreUnique() {
    assertThat(all().map(OperationSpecification::name)).doesNotHaveDuplicates();
  }
}
