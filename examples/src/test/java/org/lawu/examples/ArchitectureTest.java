package org.lawu.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;

/** The rules about who may use whom; it is here because this module sees the classes of all. */
@AnalyzeClasses(packages = "org.lawu", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  /**
   * An operation needs Tensor in its gradient rule, Tensor needs the operations, and both need
   * arrays: these packages are one engine, and count as one.
   */
  private static final Set<String> ENGINE =
      Set.of("org.lawu.tensor", "org.lawu.internal.operation", "org.lawu.internal.array");

  /** A chain builds layers by name, and a file layers and models; these contain chains. */
  private static final Set<String> LAYERS =
      Set.of("org.lawu.nn", "org.lawu.nn.layer", "org.lawu.nn.model");

  @ArchTest
  static final ArchRule nnKnowsNoSibling =
      separate("org.lawu.nn..", "org.lawu.optim..", "org.lawu.data..");

  @ArchTest
  static final ArchRule optimKnowsNoSibling =
      separate("org.lawu.optim..", "org.lawu.nn..", "org.lawu.data..");

  @ArchTest
  static final ArchRule dataKnowsNoSibling =
      separate("org.lawu.data..", "org.lawu.nn..", "org.lawu.optim..");

  @ArchTest
  static final ArchRule onlyVectorKernelsUseTheVectorApi =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.lawu.internal.kernel.vector..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator..")
          .because("the library must load and run without that module");

  @ArchTest
  static final ArchRule nothingDependsOnExamples =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.lawu.examples..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.lawu.examples..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                  String name = javaClass.getPackageName();
                  if (ENGINE.contains(name)) {
                    return SliceIdentifier.of("the tensor engine");
                  }
                  return SliceIdentifier.of(LAYERS.contains(name) ? "the layers" : name);
                }

                @Override
                public String getDescription() {
                  return "packages, the tensor engine and the layers each counting as one";
                }
              })
          .should()
          .beFreeOfCycles();

  private static ArchRule separate(String of, String... siblings) {
    return noClasses()
        .that()
        .resideInAPackage(of)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(siblings);
  }
}
