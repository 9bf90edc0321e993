package io.github.nolabel.methods.multimodal.defects;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the Python program computed: a line is a name, a colon and numbers. */
final class ExpectedSteps {

  private ExpectedSteps() {}

  static Map<String, double[]> of(String name) {
    Map<String, double[]> expected = new TreeMap<>();
    text("/steps/" + name + ".txt")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> expected.put(before(line), numbers(line)));
    return expected;
  }

  private static String text(String resource) {
    try (InputStream in = ExpectedSteps.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String before(String line) {
    return line.substring(0, line.indexOf(':'));
  }

  private static double[] numbers(String line) {
    String[] numbers = line.substring(line.indexOf(':') + 1).trim().split(" ", -1);
    return Arrays.stream(numbers).mapToDouble(Double::parseDouble).toArray();
  }

  /** The names of lines about tensors. */
  static Set<String> state(Map<String, double[]> expected) {
    return expected.keySet().stream()
        .filter(name -> name.startsWith("state "))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
