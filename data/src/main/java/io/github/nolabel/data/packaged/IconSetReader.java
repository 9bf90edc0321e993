package io.github.nolabel.data.packaged;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.github.nolabel.data.packaged.IconSet.Icon;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads one set of the Iconify JSON format as a stream, without a tree in memory. */
final class IconSetReader {

  private static final double DEFAULT_SIZE = 16;
  private static final int LONGEST_BODY = 16 << 20;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LONGEST_BODY).build())
          .build();

  private final Map<String, Map<String, Double>> boxes = new LinkedHashMap<>();
  private final Map<String, String> bodies = new LinkedHashMap<>();
  private final Map<String, String> categories = new LinkedHashMap<>();
  private final Map<String, Double> defaults = new LinkedHashMap<>();

  private IconSetReader() {}

  static IconSet read(InputStream json) throws IOException {
    IconSetReader reader = new IconSetReader();
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      reader.readSet(parser);
    }
    Map<String, Icon> icons = new LinkedHashMap<>();
    reader.bodies.forEach((name, body) -> icons.put(name, reader.icon(name, body)));
    return new IconSet(icons, reader.categories);
  }

  private void readSet(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("icons")) {
        readIcons(parser);
      } else if (field.equals("categories")) {
        readCategories(parser);
      } else if (value.isNumeric()) {
        defaults.put(field, parser.getDoubleValue());
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readIcons(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      readIcon(name, parser);
    }
  }

  private void readIcon(String name, JsonParser parser) throws IOException {
    Map<String, Double> box = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("body")) {
        bodies.put(name, parser.getText());
      } else if (value.isNumeric()) {
        box.put(field, parser.getDoubleValue());
      } else {
        parser.skipChildren();
      }
    }
    boxes.put(name, box);
  }

  private void readCategories(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String category = parser.currentName();
      parser.nextToken();
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        categories.put(parser.getText(), category);
      }
    }
  }

  private Icon icon(String name, String body) {
    return new Icon(
        body,
        number(name, "left", 0),
        number(name, "top", 0),
        number(name, "width", DEFAULT_SIZE),
        number(name, "height", DEFAULT_SIZE));
  }

  private double number(String name, String field, double otherwise) {
    Double common = defaults.getOrDefault(field, otherwise);
    return boxes.getOrDefault(name, Map.of()).getOrDefault(field, common);
  }
}
