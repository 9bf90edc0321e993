package io.github.nolabel.data.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Captions as WebDataset keeps them in {@code key.json}. */
final class SampleJson {

  private static final List<String> NAMES = List.of("caption", "captions", "text");
  private static final ObjectReader JSON = new JsonMapper().readerFor(JsonNode.class);

  private SampleJson() {}

  /**
   * Those of a JSON object: a text or a list of texts under a usual name; empty if there is none.
   *
   * @param name of the file, for messages
   * @throws UserMistake if it is no JSON
   */
  static List<String> ofJson(String source, String name, byte[] content) {
    List<String> captions = new ArrayList<>();
    for (String text : JsonRows.texts(parse(source, name, content), NAMES)) {
      String caption = CaptionText.checked(source, "'" + name + "'", text);
      if (!caption.isEmpty()) {
        captions.add(caption);
      }
    }
    return captions;
  }

  /** Both, without what the second only repeats. */
  static List<String> joined(List<String> first, List<String> second) {
    List<String> joined = new ArrayList<>(first);
    second.stream().filter(caption -> !first.contains(caption)).forEach(joined::add);
    return joined;
  }

  private static JsonNode parse(String source, String name, byte[] content) {
    try {
      return JSON.readValue(content);
    } catch (IOException e) {
      throw new UserMistake(
          "Data source '%s': '%s' in the archive is no JSON: %s."
              .formatted(source, name, firstLine(e)),
          e);
    }
  }

  private static String firstLine(IOException e) {
    return e instanceof JsonProcessingException json
        ? json.getOriginalMessage()
        : String.valueOf(e.getMessage());
  }
}
