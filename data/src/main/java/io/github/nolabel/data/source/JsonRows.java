package io.github.nolabel.data.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.nolabel.api.UserMistake;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Rows of a JSONL file: one object per line. */
final class JsonRows {

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final CaptionColumns columns;
  private final CaptionTable table;
  private final String file;
  private final Set<String> seen = new LinkedHashSet<>();

  /**
   * @param file for messages
   */
  JsonRows(CaptionColumns columns, CaptionTable table, String file) {
    this.columns = columns;
    this.table = table;
    this.file = file;
  }

  /** Adds all rows to the table. */
  void read(BufferedReader reader) throws IOException {
    long number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (!line.isBlank()) {
        add(number, line);
      }
    }
    columns.check("'" + file + "'", seen);
  }

  private void add(long number, String line) {
    JsonNode row = parse(number, line);
    List<String> names = new ArrayList<>();
    row.fieldNames().forEachRemaining(names::add);
    seen.addAll(names);
    Optional<String> image = columns.imageOf(names).map(row::get).flatMap(JsonRows::text);
    List<String> captions = columns.captionsOf(names);
    if (image.isEmpty() || captions.isEmpty()) {
      table.incomplete("line " + number);
    } else {
      table.add("line " + number, image.get(), texts(row, captions));
    }
  }

  private JsonNode parse(long number, String line) {
    try {
      JsonNode row = JSON.readValue(line);
      if (row.isObject()) {
        return row;
      }
      throw new UserMistake(
          noObject(number, "got " + row.getNodeType().name().toLowerCase(Locale.ROOT)));
    } catch (JsonProcessingException e) {
      throw new UserMistake(noObject(number, e.getOriginalMessage()), e);
    }
  }

  private String noObject(long number, String got) {
    return "Data source '%s': line %,d of '%s' is no JSON object: %s. Expected one per line, such as"
            .formatted(columns.source(), number, file, got)
        + " {\"image\": \"a.jpg\", \"caption\": \"a dog\"}.";
  }

  /** All texts under these names: each is a text or a list of texts. */
  static List<String> texts(JsonNode row, Collection<String> names) {
    List<String> texts = new ArrayList<>();
    for (String name : names) {
      JsonNode value = row.path(name);
      text(value).ifPresent(texts::add);
      if (value.isArray()) {
        value.forEach(element -> text(element).ifPresent(texts::add));
      }
    }
    return texts;
  }

  private static Optional<String> text(JsonNode value) {
    return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }
}
