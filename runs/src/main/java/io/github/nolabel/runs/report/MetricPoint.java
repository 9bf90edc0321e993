package io.github.nolabel.runs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A line of {@code metrics.jsonl}.
 *
 * @param step updates done
 * @param numbers by name, those of the step first, then its further values; what was not finite is
 *     missing
 */
record MetricPoint(long step, Map<String, Double> numbers) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VALUES = "values";

  /**
   * All lines up to the first that is cut short; none if there is no file.
   *
   * @throws UncheckedIOException if the file cannot be read
   */
  static List<MetricPoint> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(MetricPoint::parsed)
          .takeWhile(Optional::isPresent)
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<MetricPoint> parsed(String line) {
    try {
      JsonNode object = JSON.readTree(line);
      return object.path("step").isNumber() ? Optional.of(of(object)) : Optional.empty();
    } catch (JsonProcessingException cutShort) {
      return Optional.empty();
    }
  }

  private static MetricPoint of(JsonNode object) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    put(object, numbers);
    put(object.path(VALUES), numbers);
    return new MetricPoint(object.path("step").asLong(), numbers);
  }

  private static void put(JsonNode object, Map<String, Double> numbers) {
    object
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNumber() && !field.getKey().equals("step")) {
                numbers.put(field.getKey(), field.getValue().asDouble());
              }
            });
  }
}
