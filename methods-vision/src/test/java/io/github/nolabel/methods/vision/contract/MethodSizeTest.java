package io.github.nolabel.methods.vision.contract;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.methods.vision.VisionMethods;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A method is short, everything in its package counted: options and registration, imports and
 * javadoc. What is longer lacks a fragment, a mechanism or a recipe that others could use, too.
 */
class MethodSizeTest {

  private static final Path PACKAGES =
      Path.of("src/main/java/io/github/nolabel/methods/vision").toAbsolutePath();
  private static final int LINES = 100;

  static Stream<Arguments> packages() {
    return methods().entrySet().stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aMethodHasFewerThanAHundredLinesInAll(String folder, long methods) throws IOException {
    long lines;
    try (Stream<Path> found = Files.walk(PACKAGES.resolve(folder))) {
      List<Path> files = found.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(files).isNotEmpty();
      lines = files.stream().mapToLong(MethodSizeTest::lines).sum();
    }
    assertThat(lines).isLessThan(LINES * methods);
  }

  @Test
  void everyPackageIsThatOfAMethod() throws IOException {
    try (Stream<Path> found = Files.list(PACKAGES)) {
      assertThat(found.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(methods().keySet());
    }
  }

  /** How many methods each folder holds. */
  private static Map<String, Long> methods() {
    return new VisionMethods()
        .methods().stream()
            .map(method -> method.home().getPackageName())
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .collect(groupingBy(folder -> folder, counting()));
  }

  private static long lines(Path file) {
    try {
      return Files.readAllLines(file).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
