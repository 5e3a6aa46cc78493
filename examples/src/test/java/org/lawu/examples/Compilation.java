package org.lawu.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Compiles the programs that the documentation shows. */
final class Compilation {
  /** All of Lawu, and what it needs. */
  static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  private Compilation() {}

  /**
   * What the compiler has to say about a file; nothing if it compiles.
   *
   * @param folder where the classes go
   */
  static List<Diagnostic<? extends JavaFileObject>> faults(Path source, Path folder)
      throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var faults = new DiagnosticCollector<JavaFileObject>();
    try (var files = compiler.getStandardFileManager(faults, null, null)) {
      var sources = files.getJavaFileObjects(source);
      List<String> options = List.of("-d", folder.toString(), "-cp", CLASS_PATH);
      compiler.getTask(null, files, faults, options, null, sources).call();
    }
    return faults.getDiagnostics();
  }
}
