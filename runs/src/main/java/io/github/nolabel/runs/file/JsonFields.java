package io.github.nolabel.runs.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nolabel.api.UserMistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of an object in a file that people can edit: each is what it must be, or the file is
 * damaged.
 */
public final class JsonFields {

  private final Path file;
  private final JsonNode object;
  private final String prefix;

  private JsonFields(Path file, JsonNode object, String prefix) {
    this.file = file;
    this.object = object;
    this.prefix = prefix;
  }

  /**
   * @throws UserMistake if the file is missing or no JSON object
   */
  public static JsonFields read(Path file) {
    return new JsonFields(file, Json.read(file), "");
  }

  /** A text that must be there. */
  public String text(String name) {
    return textOf(required(name), name);
  }

  /** A text that earlier versions did not write, else empty. */
  public String textOrNone(String name) {
    return optional(name).map(node -> textOf(node, name)).orElse("");
  }

  /**
   * A whole number that must be there.
   *
   * @param least the smallest that can be
   */
  public long whole(String name, long least) {
    JsonNode node = required(name);
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < least) {
      String bound = least == Long.MIN_VALUE ? "" : " of at least " + least;
      throw wrong(name, "a whole number" + bound, node);
    }
    return node.longValue();
  }

  /** The same for a number that is not always there. */
  public Optional<Long> wholeIfAny(String name, long least) {
    return optional(name).map(node -> whole(name, least));
  }

  /** A number that must be there, NaN where JSON has none for it. */
  public double number(String name) {
    return numberOf(required(name), name);
  }

  /** An object that must be there. */
  public JsonFields object(String name) {
    return within(required(name), name);
  }

  /** An object that is not always there. */
  public Optional<JsonFields> objectIfAny(String name) {
    return optional(name).map(node -> within(node, name));
  }

  /** Texts in a list that earlier versions did not write. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    optional(name).ifPresent(node -> list(node, name).forEach(t -> texts.add(textOf(t, name))));
    return texts;
  }

  /** The texts by name of an object that earlier versions did not write. */
  public Map<String, String> textsByName(String name) {
    return objectIfAny(name).map(JsonFields::allTexts).orElse(Map.of());
  }

  /** The numbers by name of an object that is not always there; nulls are NaN. */
  public Map<String, Double> numbersByName(String name) {
    return objectIfAny(name).map(JsonFields::allNumbers).orElse(Map.of());
  }

  /** Objects of single values, as nested maps in their order. */
  public Map<String, Object> groups() {
    for (String group : names()) {
      JsonFields options = object(group);
      for (String option : options.names()) {
        JsonNode value = options.required(option);
        if (!value.isValueNode() || value.isNull()) {
          throw options.wrong(option, "one value", value);
        }
      }
    }
    return values();
  }

  /** Whatever is in it, as nested maps in their order. */
  public Map<String, Object> values() {
    return Json.values(object);
  }

  /** The mistake that the field is not what it must be. */
  public UserMistake wrong(String name, String expected) {
    return wrong(name, expected, required(name));
  }

  private Map<String, String> allTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    names().forEach(name -> texts.put(name, text(name)));
    return texts;
  }

  private Map<String, Double> allNumbers() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    names().forEach(name -> numbers.put(name, number(name)));
    return numbers;
  }

  /** Of its fields, in their order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private JsonNode required(String name) {
    JsonNode node = object.get(name);
    if (node == null) {
      throw new UserMistake("%s is damaged: it has no '%s'.".formatted(file, prefix + name));
    }
    return node;
  }

  private Optional<JsonNode> optional(String name) {
    return Optional.ofNullable(object.get(name));
  }

  private JsonFields within(JsonNode node, String name) {
    if (!node.isObject()) {
      throw wrong(name, "an object", node);
    }
    return new JsonFields(file, node, prefix + name + ".");
  }

  private JsonNode list(JsonNode node, String name) {
    if (!node.isArray()) {
      throw wrong(name, "a list", node);
    }
    return node;
  }

  private String textOf(JsonNode node, String name) {
    if (!node.isTextual()) {
      throw wrong(name, "a text", node);
    }
    return node.textValue();
  }

  private double numberOf(JsonNode node, String name) {
    if (!node.isNumber() && !node.isNull()) {
      throw wrong(name, "a number", node);
    }
    return node.asDouble(Double.NaN);
  }

  private UserMistake wrong(String name, String expected, JsonNode got) {
    String text = got.toString();
    return new UserMistake(
        "%s is damaged: '%s' must be %s, got %s."
            .formatted(
                file,
                prefix + name,
                expected,
                text.length() > 60 ? text.substring(0, 57) + "..." : text));
  }
}
