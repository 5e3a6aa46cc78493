package org.lawu.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java code of the pages in docs compiles. */
class DocumentationTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** One is a program with a test of its own, the other shows parts of classes of the core. */
  private static final Set<String> OTHERS = Set.of("tutorial.md", "adding-an-operation.md");

  /** Each block that is no class is a method, which may use what the text around it speaks of. */
  private static final String FRAME =
      """
      import java.nio.file.Path;
      import java.time.Duration;
      import java.util.List;
      import jdk.jfr.Recording;
      import org.lawu.data.*;
      import org.lawu.data.image.*;
      import org.lawu.data.sets.*;
      import org.lawu.data.tabular.*;
      import org.lawu.data.text.*;
      import org.lawu.io.*;
      import org.lawu.nn.*;
      import org.lawu.nn.initializer.*;
      import org.lawu.nn.layer.*;
      import org.lawu.nn.loss.*;
      import org.lawu.optim.*;
      import org.lawu.random.Philox;
      import org.lawu.tensor.*;
      import org.lawu.train.*;
      import org.lawu.train.Checkpoint;
      import org.lawu.train.callback.*;
      import org.lawu.train.metric.*;
      import org.lawu.train.model.*;
      import org.lawu.train.report.*;

      abstract class Page {
        Path file;
        Philox random;
        Sequential model;
        Layer encoder;
        Trainer trainer;
        Fit settings;
        Fit fit;
        History history;
        Dataset dataset;
        Dataset train;
        Dataset test;
        Dataset validation;
        Split split;
        Cifar10 cifar;
        double[] means;
        double[] deviations;
        Tensor features;
        Tensor logits;
        Tensor labels;
        List<String> messages;
        LabelledTexts.Parts parts;
        TextPreprocessing preprocessing;
        Pipeline<Batch> reviews;
        SavedModel saved;

        record Review(String text, int stars) {
          static Review parse(String line) {
            return new Review(line, 5);
          }
        }

        abstract Tensor tokens(List<Review> some);

        abstract Tensor labels(List<Review> some);

        abstract boolean isTime();

        abstract void store(Checkpoint checkpoint);
      """;

  static Stream<String> pages() throws IOException {
    try (Stream<Path> files = Files.list(DOCS)) {
      List<String> pages = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".md") && !OTHERS.contains(name) && !blocks(name).isEmpty()) {
          pages.add(name);
        }
      }
      assertThat(pages).hasSizeGreaterThan(5);
      return pages.stream();
    }
  }

  private static List<String> blocks(String page) throws IOException {
    return BLOCK
        .matcher(Files.readString(DOCS.resolve(page)))
        .results()
        .map(block -> block.group(1))
        // A line of a module-info.
        .filter(block -> !block.startsWith("requires "))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyBlockCompiles(String page, @TempDir Path folder) throws IOException {
    var source = new StringBuilder(FRAME);
    var classes = new StringBuilder();
    List<String> blocks = blocks(page);
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).startsWith("final class ")) {
        classes.append(blocks.get(i));
      } else {
        source.append("void block%d() throws Exception {\n%s}\n".formatted(i + 1, blocks.get(i)));
      }
    }
    source.append("}\n").append(classes);
    Path file = Files.writeString(folder.resolve("Page.java"), source);
    assertThat(Compilation.faults(file, folder)).isEmpty();
  }
}
