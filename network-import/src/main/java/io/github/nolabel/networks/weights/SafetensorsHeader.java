package io.github.nolabel.networks.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The header: one object of tensors by name. Nothing else is accepted. */
final class SafetensorsHeader {

  private static final String METADATA = "__metadata__";
  private static final int DEPTH = 3;
  private static final int DIGITS = 18;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
          .build();

  private final JsonParser json;

  private SafetensorsHeader(JsonParser json) {
    this.json = json;
  }

  /**
   * @throws IllegalArgumentException saying what is wrong, and where
   */
  static Map<String, SafetensorsEntry> read(ByteBuffer bytes) {
    try (JsonParser json =
        JSON.createParser(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString())) {
      return new SafetensorsHeader(json).entries();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("its header is no UTF-8 text", e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s, at character %d of its header"
              .formatted(
                  e.getOriginalMessage().replaceFirst("(?s)( \\(start marker|\n).*", ""),
                  e.getLocation() == null ? 0 : e.getLocation().getCharOffset()),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("its header cannot be read", e);
    }
  }

  /** Tensors fill the space behind the header without gap or overlap, and as their shapes say. */
  static void check(Map<String, SafetensorsEntry> entries, long space) {
    List<Map.Entry<String, SafetensorsEntry>> inOrder = new ArrayList<>(entries.entrySet());
    inOrder.sort(
        Comparator.comparingLong((Map.Entry<String, SafetensorsEntry> e) -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    long end = 0;
    for (Map.Entry<String, SafetensorsEntry> named : inOrder) {
      SafetensorsEntry entry = named.getValue();
      if (entry.begin() != end || entry.end() < entry.begin() || entry.end() > space) {
        throw new IllegalArgumentException(
            "tensor '%s' lies at bytes %d to %d, expected to begin at %d and to end by %d"
                .formatted(named.getKey(), entry.begin(), entry.end(), end, space));
      }
      end = entry.end();
      checkLength(named.getKey(), entry);
    }
    if (end != space) {
      throw new IllegalArgumentException("its tensors end at byte %d of %d".formatted(end, space));
    }
  }

  private static void checkLength(String name, SafetensorsEntry entry) {
    long found = entry.end() - entry.begin();
    try {
      if (Math.multiplyExact(entry.count(), entry.width()) == found) {
        return;
      }
    } catch (ArithmeticException e) {
      throw wrongLength(name, entry, found, e);
    }
    throw wrongLength(name, entry, found, null);
  }

  private static IllegalArgumentException wrongLength(
      String name,
      SafetensorsEntry entry,
      long found,
      @org.jspecify.annotations.Nullable ArithmeticException cause) {
    return new IllegalArgumentException(
        "tensor '%s' of %s%s cannot have %d bytes"
            .formatted(name, entry.type(), entry.extents(), found),
        cause);
  }

  private Map<String, SafetensorsEntry> entries() throws IOException {
    Map<String, SafetensorsEntry> entries = new LinkedHashMap<>();
    expect(JsonToken.START_OBJECT, "an object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = PlainText.of(json.currentName());
      expect(JsonToken.START_OBJECT, "an object");
      if (name.equals(METADATA)) {
        skipTexts();
      } else {
        entries.put(name, entry(name));
      }
    }
    if (json.nextToken() != null) {
      throw wrong("something follows the last brace");
    }
    return entries;
  }

  private void skipTexts() throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      expect(JsonToken.VALUE_STRING, "a text");
    }
  }

  private SafetensorsEntry entry(String name) throws IOException {
    String type = "";
    List<Long> shape = null;
    List<Long> offsets = List.of();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      switch (json.currentName()) {
        case "dtype" -> {
          expect(JsonToken.VALUE_STRING, "a text");
          type = json.getText();
        }
        case "shape" -> shape = numbers();
        case "data_offsets" -> offsets = numbers();
        default ->
            throw wrong(
                "'%s' of tensor '%s' is unknown".formatted(PlainText.of(json.currentName()), name));
      }
    }
    if (type.isEmpty() || shape == null || offsets.size() != 2) {
      throw wrong("tensor '%s' needs dtype, shape and two data_offsets".formatted(name));
    }
    return new SafetensorsEntry(type, shape, offsets.get(0), offsets.get(1));
  }

  private List<Long> numbers() throws IOException {
    List<Long> numbers = new ArrayList<>();
    expect(JsonToken.START_ARRAY, "a list");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (!isNatural()) {
        throw wrong("a whole number was expected");
      }
      numbers.add(json.getLongValue());
    }
    return numbers;
  }

  private boolean isNatural() throws IOException {
    return json.currentToken() == JsonToken.VALUE_NUMBER_INT
        && !json.getText().startsWith("-")
        && json.getTextLength() <= DIGITS;
  }

  private void expect(JsonToken wanted, String what) throws IOException {
    if (json.nextToken() != wanted) {
      throw wrong(what + " was expected");
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "%s, at character %d of its header"
            .formatted(what, json.currentTokenLocation().getCharOffset()));
  }
}
