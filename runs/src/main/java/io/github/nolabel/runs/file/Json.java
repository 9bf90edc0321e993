package io.github.nolabel.runs.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.OpenChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values to JSON text and back. */
public final class Json {

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(
              new SimpleModule().addSerializer(OpenChoice.class, ToStringSerializer.instance));

  private Json() {}

  /** Indented, with a line break at the end. */
  public static String pretty(Object value) {
    return MAPPER.valueToTree(value).toPrettyString() + "\n";
  }

  /** On one line. */
  public static String compact(Object value) {
    return MAPPER.valueToTree(value).toString();
  }

  /** Puts the number, or null where JSON has none for it. */
  @SuppressWarnings("NullAway") // JSON objects have nulls, Java's maps only unofficially.
  public static void put(Map<String, Object> object, String name, double value) {
    object.put(name, Double.isFinite(value) ? value : null);
  }

  /** The numbers with null in place of what JSON has none for. */
  public static Map<String, Object> finite(Map<String, Double> numbers) {
    Map<String, Object> object = new LinkedHashMap<>();
    numbers.forEach((name, value) -> put(object, name, value));
    return object;
  }

  /**
   * @throws UserMistake if the file is missing or no JSON object
   */
  public static JsonNode read(Path file) {
    try {
      JsonNode root = MAPPER.readTree(Files.readString(file));
      if (!root.isObject()) {
        throw new UserMistake("%s is damaged: expected a JSON object.".formatted(file));
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new UserMistake(
          "%s is damaged: it is no JSON (%s)."
              .formatted(file, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    } catch (IOException e) {
      throw new UserMistake("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  /** An object as nested maps in its order. */
  public static Map<String, Object> values(JsonNode object) {
    return MAPPER.convertValue(object, new TypeReference<LinkedHashMap<String, Object>>() {});
  }
}
