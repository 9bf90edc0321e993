package io.github.nolabel.data.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code images} and {@code annotations} as a stream, in whichever order they come. */
final class CocoReader {

  private static final JsonFactory JSON = new JsonFactory();

  /** What some programs write behind whole numbers. */
  private static final Pattern WHOLE = Pattern.compile("\\.0+$");

  private final String source;
  private final String file;
  private final Map<String, String> images = new LinkedHashMap<>();
  private final List<Annotation> annotations = new ArrayList<>();
  private final List<String> replaced = new ArrayList<>();

  /**
   * @param file for messages
   */
  CocoReader(String source, String file) {
    this.source = source;
    this.file = file;
  }

  private record Annotation(String where, String image, String caption) {}

  /** Adds all images and captions to the table. */
  void read(InputStream input, CaptionTable table) throws IOException {
    try (JsonParser parser = JSON.createParser(input)) {
      readTop(parser);
    } catch (JsonProcessingException e) {
      throw new UserMistake(
          "Data source '%s': '%s' is no intact JSON: %s (line %d, column %d)."
              .formatted(
                  source,
                  file,
                  e.getOriginalMessage(),
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr()),
          e);
    }
    fill(table);
  }

  private void readTop(JsonParser parser) throws IOException {
    boolean listed = false;
    boolean described = false;
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        boolean isList = parser.nextToken() == JsonToken.START_ARRAY;
        if (isList && field.equals("images")) {
          listed = true;
          readList(parser, this::addImage);
        } else if (isList && field.equals("annotations")) {
          described = true;
          readList(parser, this::addAnnotation);
        } else {
          parser.skipChildren();
        }
      }
    }
    if (!listed || !described) {
      throw new UserMistake(
          "Data source '%s': '%s' lacks the list '%s'. Expected {\"images\": [{\"id\","
                  .formatted(source, file, listed ? "annotations" : "images")
              + " \"file_name\"}], \"annotations\": [{\"image_id\", \"caption\"}]}.");
    }
  }

  private interface Entries {
    void add(String where, Map<String, String> entry);
  }

  private static void readList(JsonParser parser, Entries entries) throws IOException {
    for (int i = 1; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        entries.add("entry " + i, readEntry(parser));
      } else {
        parser.skipChildren();
      }
    }
  }

  /** The plain values of an object as text. */
  private static Map<String, String> readEntry(JsonParser parser) throws IOException {
    Map<String, String> entry = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
        entry.put(field, parser.getText());
      } else if (value == JsonToken.VALUE_NUMBER_FLOAT) {
        entry.put(field, WHOLE.matcher(parser.getText()).replaceFirst(""));
      } else {
        parser.skipChildren();
      }
    }
    return entry;
  }

  private void addImage(String where, Map<String, String> entry) {
    String id = entry.get("id");
    String name = entry.get("file_name");
    if (id != null && name != null) {
      String earlier = images.put(id, name);
      if (earlier != null && !earlier.equals(name)) {
        replaced.add(earlier);
      }
    }
  }

  /** One without a caption says nothing: instances and key points come like that. */
  private void addAnnotation(String where, Map<String, String> entry) {
    String caption = entry.get("caption");
    if (caption != null) {
      annotations.add(new Annotation(where, entry.getOrDefault("image_id", ""), caption));
    }
  }

  private void fill(CaptionTable table) {
    replaced.forEach(table::replaced);
    images.values().forEach(name -> table.add("images", name, List.of()));
    for (Annotation annotation : annotations) {
      String name = images.get(annotation.image());
      if (name == null) {
        table.unnamed(annotation.where());
      } else {
        table.add(annotation.where(), name, List.of(annotation.caption()));
      }
    }
  }
}
