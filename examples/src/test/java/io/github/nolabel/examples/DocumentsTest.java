package io.github.nolabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every block of Java in every document compiles against the library as it is. */
class DocumentsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** Where what the blocks name lives; documents leave imports out. */
  private static final List<String> PACKAGES =
      List.of(
          "java.nio.file",
          "java.util",
          "java.util.stream",
          "io.github.nolabel.api.input",
          "io.github.nolabel.api.train",
          "io.github.nolabel.data",
          "io.github.nolabel.data.load",
          "io.github.nolabel.evaluation",
          "io.github.nolabel.fragment.backbone",
          "io.github.nolabel.inference",
          "io.github.nolabel.inference.generate",
          "io.github.nolabel.networks",
          "io.github.nolabel.runs",
          "io.github.nolabel.runs.protocol",
          "io.github.nolabel.runs.watch",
          "io.github.nolabel.serve",
          "io.github.nolabel.spark",
          "io.github.nolabel.testkit",
          "io.github.nolabel.text",
          "org.junit.jupiter.api",
          "org.junit.jupiter.api.io");

  /** What the words around a block have introduced before it. */
  private static final String GIVEN =
      """
      Path photo; List<Path> photos; Path file; Path directory; Path run; Path backbone;
      int epochs; int batchSize; long seed; List<String> captions;
      io.github.nolabel.api.input.InputPlan plan; io.github.nolabel.serve.SearchModel model;
      org.apache.spark.api.java.JavaSparkContext context;
      """;

  @TempDir Path classes;

  @TestFactory
  Stream<DynamicTest> blocksCompile() throws IOException {
    return documents().flatMap(this::blocks);
  }

  @Test
  void whatIsWrongIsFound() {
    assertThat(errors("int epochs = \"many\";")).isNotEmpty();
  }

  private static Stream<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private Stream<DynamicTest> blocks(Path document) {
    List<String> blocks = blocksOf(document);
    return blocks.stream()
        .map(
            block ->
                DynamicTest.dynamicTest(
                    ROOT.relativize(document) + ": " + block.lines().findFirst().orElse(""),
                    () -> assertThat(errors(block)).isEmpty()));
  }

  private static List<String> blocksOf(Path document) {
    try {
      return JAVA.matcher(Files.readString(document))
          .results()
          .map(MatchResult::group)
          .map(block -> block.substring("```java\n".length(), block.length() - "```".length()))
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<String> errors(String block) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    Path source = classes.resolve("Block.java");
    try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
      Files.writeString(source, wrapped(block));
      List<String> options =
          List.of(
              "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
      compiler.getTask(null, files, found, options, null, files.getJavaFileObjects(source)).call();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == javax.tools.Diagnostic.Kind.ERROR)
        .map(Object::toString)
        .toList();
  }

  private static String wrapped(String block) {
    StringBuilder source = new StringBuilder();
    PACKAGES.forEach(name -> source.append("import ").append(name).append(".*;\n"));
    source.append("class Block {\n");
    if (block.startsWith("@")) {
      return source.append(block).append("}\n").toString();
    }
    String statements =
        block.startsWith(".")
            ? "MethodContract.of(\"my-method\", directory)\n" + block.strip() + ";\n"
            : block;
    return source
        .append(GIVEN)
        .append("void block() throws Exception {\n")
        .append(statements)
        .append("}\n}\n")
        .toString();
  }
}
