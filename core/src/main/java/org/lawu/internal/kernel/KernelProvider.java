package org.lawu.internal.kernel;

import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;
import org.lawu.error.LawuException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the FLOAT32 kernels, once. The vector kernels run where the module {@code
 * jdk.incubator.vector} is present and HotSpot's optimizing compiler C2 turns its calls into SIMD
 * instructions; elsewhere they would be a hundred times slower than the scalar ones. The system
 * property {@code lawu.kernels} ({@code auto}, {@code vector} or {@code scalar}) overrides the
 * choice.
 *
 * <p>The vector kernels are reached by name only, so that nothing refers to the module before it is
 * known to be there.
 */
public final class KernelProvider {

  /** The system property that chooses the kernels. */
  public static final String KERNELS_PROPERTY = "lawu.kernels";

  private static final Logger LOG = LoggerFactory.getLogger(KernelProvider.class);

  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final String VECTOR_KERNELS = "org.lawu.internal.kernel.vector.VectorKernels";

  private static final Kernels KERNELS = choose(System.getProperty(KERNELS_PROPERTY));

  private KernelProvider() {}

  /** The kernels in force. */
  public static Kernels kernels() {
    return KERNELS;
  }

  /**
   * What they are, for logs and benchmarks: {@code vector-512 (jdk.incubator.vector, 512 bits)}.
   */
  public static String description() {
    return KERNELS instanceof ScalarKernels && KERNELS.name().equals("scalar")
        ? "scalar (plain Java)"
        : KERNELS.name()
            + " ("
            + VECTOR_MODULE
            + ", "
            + KERNELS.name().substring("vector-".length())
            + " bits)";
  }

  static Kernels choose(@Nullable String property) {
    String choice = property == null || property.isBlank() ? "auto" : property.strip();
    return switch (choice) {
      case "scalar" -> new ScalarKernels();
      case "vector", "auto" -> {
        String refusal = refusal();
        if (refusal == null) {
          try {
            yield vectorKernels();
          } catch (UnsupportedOperationException e) {
            refusal = e.getMessage();
          }
        }
        if (choice.equals("vector")) {
          throw new LawuException(
              KERNELS_PROPERTY + "=vector: the vector kernels cannot run: " + refusal);
        }
        LOG.warn("running the slower scalar kernels: {}", refusal);
        yield new ScalarKernels();
      }
      default ->
          throw new LawuException(
              KERNELS_PROPERTY
                  + ": no such kernels: '"
                  + choice
                  + "'; give auto, vector or scalar, such as -Dlawu.kernels=auto");
    };
  }

  /** Why the vector kernels cannot run on this virtual machine and what to do, or null. */
  private static @Nullable String refusal() {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      return "the module "
          + VECTOR_MODULE
          + " is not there; add --add-modules "
          + VECTOR_MODULE
          + " to the java command";
    }
    String name = System.getProperty("java.vm.name", "");
    if (!name.contains("HotSpot") && !name.contains("OpenJDK")) {
      return "the virtual machine is '" + name + "'; use one with HotSpot, such as OpenJDK";
    }
    String info = System.getProperty("java.vm.info", "");
    if (info.contains("interpreted mode")) {
      return "the virtual machine only interprets; remove -Xint from the java command";
    }
    if (info.contains("emulated-client") || name.contains("Client")) {
      return "the compiler C2 is switched off; remove -XX:TieredStopAtLevel from the java command";
    }
    if ("false".equals(HotSpotFlag.value("UseFMA"))) {
      return "fused multiply-add is not available; remove -XX:-UseFMA and -XX:UseAVX from the java"
          + " command, or use a processor that has it";
    }
    return null;
  }

  /**
   * The vector kernels, whose constructor throws {@link UnsupportedOperationException} where the
   * vectors are too short.
   */
  private static Kernels vectorKernels() {
    try {
      return Class.forName(VECTOR_KERNELS).asSubclass(Kernels.class).getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof UnsupportedOperationException unsupported) {
        throw unsupported;
      }
      throw new LinkageError("cannot create " + VECTOR_KERNELS, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot load " + VECTOR_KERNELS, e);
    }
  }
}
