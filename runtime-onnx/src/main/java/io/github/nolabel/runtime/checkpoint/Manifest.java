package io.github.nolabel.runtime.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The file {@code checkpoint.json}.
 *
 * @param slots as text, so that every number survives bit for bit
 * @param files SHA-256 by file name
 */
record Manifest(
    int format,
    long step,
    Map<String, Double> slots,
    RunSignature signature,
    Map<String, String> files) {

  /** The layout that this version writes and reads. */
  static final int FORMAT = 1;

  /** What computed before there was a choice, and nothing was written down. */
  private static final String FIRST_KERNELS = "onnxruntime";

  private static final ObjectMapper JSON = new ObjectMapper();

  byte[] toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", format).put("step", step);
    Map<String, String> numbers = new LinkedHashMap<>();
    slots.forEach((name, value) -> numbers.put(name, Double.toString(value)));
    root.set("slots", JSON.valueToTree(numbers));
    root.put("program", signature.program());
    root.set("identity", JSON.valueToTree(signature.identity()));
    root.set("versions", JSON.valueToTree(signature.versions()));
    root.put("threads", signature.threads()).put("processor", signature.processor());
    root.put("kernels", signature.kernels());
    root.set("files", JSON.valueToTree(files));
    return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws IllegalArgumentException if it is no manifest of this format; the message says why
   */
  static Manifest parse(byte[] json) {
    JsonNode root = tree(json);
    int format = field(root, "format").asInt();
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "it has format %d, this version of Nolabel reads %d".formatted(format, FORMAT));
    }
    RunSignature signature =
        new RunSignature(
            field(root, "program").asText(),
            map(root, "identity", text -> text),
            map(root, "versions", text -> text),
            field(root, "threads").asInt(),
            field(root, "processor").asText(),
            root.path("kernels").asText(FIRST_KERNELS));
    return new Manifest(
        format,
        field(root, "step").asLong(),
        map(root, "slots", Double::valueOf),
        signature,
        map(root, "files", text -> text));
  }

  private static JsonNode tree(byte[] json) {
    try {
      return JSON.readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is no JSON (%s)".formatted(e.getOriginalMessage()), e);
    }
  }

  private static JsonNode field(JsonNode root, String name) {
    JsonNode value = root.get(name);
    if (value == null) {
      throw new IllegalArgumentException("it has no field '%s'".formatted(name));
    }
    return value;
  }

  private static <T> Map<String, T> map(JsonNode root, String name, Function<String, T> parse) {
    Map<String, T> map = new LinkedHashMap<>();
    field(root, name)
        .properties()
        .forEach(e -> map.put(e.getKey(), parse.apply(e.getValue().asText())));
    return map;
  }
}
