package io.github.nolabel.methods.vision.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A method is short, options and registration included: what is longer lacks a fragment. */
class MethodSizeTest {

  private static final Path PACKAGES =
      Path.of("src/main/java/io/github/nolabel/methods/vision").toAbsolutePath();
  private static final int LINES = 100;
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern NO_CODE = Pattern.compile("\\s*|import .*|package .*|\\s*//.*");

  static List<Path> packages() throws IOException {
    try (Stream<Path> found = Files.list(PACKAGES)) {
      return found.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aMethodHasFewerThanAHundredLinesOfCode(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(file -> file.toString().endsWith(".java")).toList();
    }
    long methods = files.stream().filter(file -> file.toString().endsWith("Provider.java")).count();
    assertThat(methods).isPositive();
    assertThat(files.stream().mapToLong(MethodSizeTest::lines).sum()).isLessThan(LINES * methods);
  }

  private static long lines(Path file) {
    try {
      String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
      return code.lines().filter(line -> !NO_CODE.matcher(line).matches()).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
