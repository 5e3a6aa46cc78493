package org.lawu.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import java.util.Properties;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.parallel.Parallel;

/** What computes, for logs, reports and what is saved beside results. */
public final class Backend {
  /** Where Maven's jars say what they are. */
  private static final String JAR_PROPERTIES = "/META-INF/maven/org.lawu/lawu-core/pom.properties";

  private Backend() {}

  /** The version of Lawu, such as {@code 0.1.0}; {@code development} where it runs from no jar. */
  public static String version() {
    return Optional.ofNullable(Backend.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .or(Backend::versionOfJar)
        .orElse("development");
  }

  private static Optional<String> versionOfJar() {
    try (InputStream in = Backend.class.getResourceAsStream(JAR_PROPERTIES)) {
      if (in == null) {
        return Optional.empty();
      }
      var properties = new Properties();
      properties.load(in);
      return Optional.ofNullable(properties.getProperty("version"));
    } catch (IOException fault) {
      throw new UncheckedIOException("the jar of Lawu cannot be read", fault);
    }
  }

  /** The FLOAT32 kernels: {@code vector-512 (jdk.incubator.vector, 512 bits)}, for example. */
  public static String kernels() {
    return KernelProvider.description();
  }

  /** The number of threads that compute. */
  public static int threads() {
    return Parallel.threads();
  }
}
