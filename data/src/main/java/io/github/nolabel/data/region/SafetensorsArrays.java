package io.github.nolabel.data.region;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A safetensors file: a header of JSON, then the numbers. */
final class SafetensorsArrays implements NamedArrays {

  private static final ObjectReader JSON = new JsonMapper().readerFor(JsonNode.class);
  private static final int LENGTH_BYTES = 8;
  private static final int LONGEST_HEADER = 1 << 20;

  private final JsonNode header;
  private final byte[] bytes;
  private final int start;

  private SafetensorsArrays(JsonNode header, byte[] bytes, int start) {
    this.header = header;
    this.bytes = bytes;
    this.start = start;
  }

  /**
   * Reads the header.
   *
   * @throws IOException saying what is wrong with it
   */
  static SafetensorsArrays of(byte[] bytes) throws IOException {
    if (bytes.length < LENGTH_BYTES) {
      throw new IOException("it ends within its first eight bytes");
    }
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long most = Math.min(LONGEST_HEADER, bytes.length - LENGTH_BYTES);
    if (length < 2 || length > most) {
      throw new IOException(
          "it announces a header of %,d bytes, expected 2 to %,d".formatted(length, most));
    }
    int start = LENGTH_BYTES + (int) length;
    JsonNode header = parse(Arrays.copyOfRange(bytes, LENGTH_BYTES, start));
    if (!header.isObject()) {
      throw new IOException("its header is no JSON object");
    }
    return new SafetensorsArrays(header, bytes, start);
  }

  private static JsonNode parse(byte[] json) throws IOException {
    try {
      return JSON.readValue(json);
    } catch (JsonProcessingException e) {
      throw new IOException("its header is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    header.fieldNames().forEachRemaining(names::add);
    names.remove("__metadata__");
    return names;
  }

  @Override
  public NumberArray read(String name) throws IOException {
    JsonNode entry = header.path(name);
    NumberFormat format = NumberFormat.ofSafetensors(entry.path("dtype").asText());
    List<Long> shape = numbers(name, entry.path("shape"));
    List<Long> offsets = numbers(name, entry.path("data_offsets"));
    int space = bytes.length - start;
    if (offsets.size() != 2
        || offsets.get(0) < 0
        || offsets.get(1) < offsets.get(0)
        || offsets.get(1) > space) {
      throw new IOException(
          "'%s' lies at bytes %s of %,d: the file is damaged or cut"
              .formatted(name, offsets, space));
    }
    return array("'" + name + "'", format, shape, offsets);
  }

  private NumberArray array(String name, NumberFormat format, List<Long> shape, List<Long> offsets)
      throws IOException {
    int begin = offsets.get(0).intValue();
    int length = offsets.get(1).intValue() - begin;
    ByteArrayInputStream input = new ByteArrayInputStream(bytes, start + begin, length);
    NumberArray array = NumberArray.read(name, format, shape, input);
    if (input.available() > 0) {
      throw new IOException("%s goes on after its %s".formatted(name, array));
    }
    return array;
  }

  private static List<Long> numbers(String name, JsonNode list) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (JsonNode number : list) {
      if (!number.canConvertToExactIntegral() || !number.canConvertToLong()) {
        throw new IOException("'%s' has %s in its header".formatted(name, number));
      }
      numbers.add(number.longValue());
    }
    if (!list.isArray()) {
      throw new IOException("'%s' lacks its shape or its place in the header".formatted(name));
    }
    return numbers;
  }

  @Override
  public void close() {}
}
