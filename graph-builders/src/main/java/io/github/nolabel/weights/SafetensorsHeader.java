package io.github.nolabel.weights;

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

  private final HeaderText text;

  private SafetensorsHeader(HeaderText text) {
    this.text = text;
  }

  /**
   * @throws IllegalArgumentException saying what is wrong, and where
   */
  static Map<String, SafetensorsEntry> read(ByteBuffer bytes) {
    try {
      String decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return new SafetensorsHeader(new HeaderText(decoded)).entries();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("its header is no UTF-8 text", e);
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

  private Map<String, SafetensorsEntry> entries() {
    Map<String, SafetensorsEntry> entries = new LinkedHashMap<>();
    text.object(
        name -> {
          if (name.equals(METADATA)) {
            text.object(key -> text.string());
          } else if (entries.put(name, entry(name)) != null) {
            throw text.wrong("tensor '%s' stands twice".formatted(name));
          }
        });
    text.end();
    return entries;
  }

  private SafetensorsEntry entry(String name) {
    List<String> types = new ArrayList<>();
    List<List<Long>> shapes = new ArrayList<>();
    List<List<Long>> offsets = new ArrayList<>();
    text.object(
        key -> {
          switch (key) {
            case "dtype" -> types.add(text.string());
            case "shape" -> shapes.add(text.numbers());
            case "data_offsets" -> offsets.add(text.numbers());
            default -> throw text.wrong("'%s' of tensor '%s' is unknown".formatted(key, name));
          }
        });
    boolean whole = types.size() == 1 && shapes.size() == 1 && offsets.size() == 1;
    if (!whole || offsets.get(0).size() != 2) {
      throw text.wrong("tensor '%s' needs dtype, shape and two data_offsets".formatted(name));
    }
    return new SafetensorsEntry(
        types.get(0), shapes.get(0), offsets.get(0).get(0), offsets.get(0).get(1));
  }
}
