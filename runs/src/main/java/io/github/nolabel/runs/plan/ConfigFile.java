package io.github.nolabel.runs.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A YAML file with the names of the flags, plus groups: {@code optimizer: {learningRate: 0.001}}.
 */
public record ConfigFile(List<Assignment> assignments, Optional<Path> out, boolean resume) {

  public static final ConfigFile NONE = new ConfigFile(List.of(), Optional.empty(), false);

  private static final String OUT = "out";
  private static final String RESUME = "resume";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public ConfigFile {
    assignments = List.copyOf(assignments);
  }

  /**
   * Reads the file; names are checked later, when it is known what options there are.
   *
   * @throws UserMistake if the file cannot be read or is no mapping
   */
  public static ConfigFile read(Path file) {
    return parse(text(file), file.toString());
  }

  /** The same for the file's text. */
  static ConfigFile parse(String text, String origin) {
    JsonNode root = tree(text, origin);
    if (root.isMissingNode() || root.isNull()) {
      return NONE;
    }
    if (!root.isObject()) {
      throw new UserMistake(
          "%s: expected lines of NAME: VALUE, got %s.".formatted(origin, kind(root)));
    }
    List<Assignment> assignments = new ArrayList<>();
    flatten(root, "", origin, assignments);
    return new ConfigFile(
        assignments.stream().filter(a -> !isOf(a, OUT) && !isOf(a, RESUME)).toList(),
        last(assignments, OUT).map(a -> Path.of(a.value())),
        last(assignments, RESUME).map(ConfigFile::truth).orElse(false));
  }

  private static Optional<Assignment> last(List<Assignment> assignments, String name) {
    return assignments.stream().filter(a -> isOf(a, name)).reduce((a, b) -> b);
  }

  private static boolean isOf(Assignment assignment, String name) {
    return Suggestions.fold(assignment.name()).equals(name);
  }

  private static boolean truth(Assignment assignment) {
    return switch (assignment.value()) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default ->
          throw assignment.mistake(
              "'resume' expects true or false, got '%s'.".formatted(assignment.value()));
    };
  }

  private static String text(Path file) {
    if (Files.isDirectory(file)) {
      throw new UserMistake("%s is a folder, expected a YAML file.".formatted(file));
    }
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new UserMistake("The plan %s does not exist.".formatted(file), e);
    } catch (IOException e) {
      throw new UserMistake("The plan %s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static JsonNode tree(String text, String origin) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UserMistake("%s is not valid YAML: %s".formatted(origin, where(e)), e);
    }
  }

  private static String where(JsonProcessingException e) {
    String problem = e.getOriginalMessage().lines().findFirst().orElse("unreadable").strip();
    return e.getLocation() == null
        ? problem + "."
        : "%s (line %d, column %d)."
            .formatted(problem, e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static void flatten(
      JsonNode node, String prefix, String origin, List<Assignment> assignments) {
    node.properties()
        .forEach(
            entry -> {
              String name = prefix + entry.getKey();
              JsonNode value = entry.getValue();
              if (value.isObject()) {
                flatten(value, prefixOf(name), origin, assignments);
              } else {
                assignments.add(new Assignment(name, text(name, value, origin), origin));
              }
            });
  }

  /** The group {@code set} is the command line's {@code --set}: no prefix. */
  private static String prefixOf(String name) {
    return Suggestions.fold(name).equals("set") ? "" : name + ".";
  }

  private static String text(String name, JsonNode value, String origin) {
    if (!value.isValueNode() || value.isNull()) {
      throw new UserMistake(
          "%s: '%s' expects one value, got %s.".formatted(origin, name, kind(value)));
    }
    return value.asText();
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case NULL -> "nothing";
      default -> "'" + node.asText() + "'";
    };
  }
}
