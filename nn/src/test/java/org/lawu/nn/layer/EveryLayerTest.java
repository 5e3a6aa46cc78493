package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lawu.nn.Layer;

/** The contract is kept by every layer: a new one without a {@link LayerContract} fails here. */
class EveryLayerTest {

  @Test
  void hasAContract() throws Exception {
    Set<String> layers =
        classesBeside(Dense.class).stream()
            .filter(type -> Layer.class.isAssignableFrom(type) && isPublicAndConcrete(type))
            .map(Class::getSimpleName)
            .collect(Collectors.toSet());
    Set<String> proven =
        classesBeside(EveryLayerTest.class).stream()
            .filter(type -> LayerContract.class.isAssignableFrom(type))
            .filter(type -> !Modifier.isAbstract(type.getModifiers()))
            .map(type -> ((LayerContract) instance(type)).create().getClass().getSimpleName())
            .collect(Collectors.toSet());
    assertThat(layers).contains("Dense", "TransformerDecoder").hasSizeGreaterThan(50);
    assertThat(proven).as("layers with a contract").containsAll(layers);
  }

  private static boolean isPublicAndConcrete(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && !Modifier.isAbstract(type.getModifiers())
        && type.getEnclosingClass() == null;
  }

  private static Object instance(Class<?> type) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
      return inner
          ? constructor.newInstance(instance(type.getEnclosingClass()))
          : constructor.newInstance();
    } catch (ReflectiveOperationException fault) {
      throw new IllegalStateException(type.getName(), fault);
    }
  }

  /** All classes of the package that lie in the folder of one of them. */
  private static List<Class<?>> classesBeside(Class<?> one) throws IOException, URISyntaxException {
    String itself = one.getSimpleName() + ".class";
    Path folder =
        Path.of(Objects.requireNonNull(one.getResource(itself)).toURI()).resolveSibling("");
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
          .<Class<?>>map(file -> load(one.getPackageName() + "." + file.replace(".class", "")))
          .toList();
    } catch (UncheckedIOException fault) {
      throw fault.getCause();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, EveryLayerTest.class.getClassLoader());
    } catch (ClassNotFoundException fault) {
      throw new IllegalStateException(fault);
    }
  }
}
