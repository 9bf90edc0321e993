package io.github.nolabel.data.region;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads NumPy's {@code .npy}, versions 1 to 3, in row-major order. */
final class NpyReader {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 16;
  private static final Pattern TYPE = key("'([^']*)'");
  private static final Pattern ANY_TYPE = key("(.*?)(?=, *'(?:fortran_order|shape)'|})");
  private static final Pattern ORDER = Pattern.compile("'fortran_order' *: *(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape' *: *\\(([-0-9, ]{0,200})\\)");

  private final String name;
  private final InputStream input;

  private NpyReader(String name, InputStream input) {
    this.name = name;
    this.input = input;
  }

  private static Pattern key(String value) {
    return Pattern.compile("'descr' *: *" + value);
  }

  /**
   * Reads all of {@code input}.
   *
   * @param name of the array, for messages
   * @throws IOException saying what is wrong with it
   */
  static NumberArray read(String name, InputStream input) throws IOException {
    NumberArray array = new NpyReader(name, input).array();
    if (input.read() >= 0) {
      throw new IOException("%s goes on after its %s".formatted(name, array));
    }
    return array;
  }

  private NumberArray array() throws IOException {
    String header = header();
    NumberFormat format = format(header);
    if (found(ORDER, header, "fortran_order").equals("True")) {
      throw new IOException(
          "%s is in Fortran order, expected row-major order: save numpy.ascontiguousarray(x)"
              .formatted(name));
    }
    return NumberArray.read(name, format, shape(found(SHAPE, header, "shape")), input);
  }

  private String header() throws IOException {
    byte[] magic = bytes(MAGIC.length, "magic");
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IOException(
          "%s begins with the bytes %s, expected those of a .npy file: %s"
              .formatted(name, hex(magic), hex(MAGIC)));
    }
    int version = bytes(2, "version")[0];
    if (version < 1 || version > 3) {
      throw new IOException("%s has version %d, expected 1, 2 or 3".formatted(name, version));
    }
    ByteBuffer written = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    written.put(bytes(version == 1 ? 2 : 4, "header's length"));
    long length = written.getLong(0);
    if (length > LONGEST_HEADER) {
      throw new IOException(
          "%s announces a header of %,d bytes, expected at most %,d"
              .formatted(name, length, LONGEST_HEADER));
    }
    return new String(bytes((int) length, "header"), StandardCharsets.UTF_8);
  }

  private NumberFormat format(String header) throws IOException {
    Matcher type = TYPE.matcher(header);
    return NumberFormat.ofNumpy(type.find() ? type.group(1) : found(ANY_TYPE, header, "descr"));
  }

  private String found(Pattern pattern, String header, String what) throws IOException {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      String start = header.substring(0, Math.min(80, header.length())).strip();
      throw new IOException("%s has no '%s' in its header: %s".formatted(name, what, start));
    }
    return matcher.group(1);
  }

  private List<Long> shape(String text) throws IOException {
    List<Long> shape = new ArrayList<>();
    for (String extent : text.split(",", -1)) {
      String digits = extent.strip();
      if (digits.length() > 18 || (!digits.isEmpty() && !digits.matches("-?\\d+"))) {
        throw new IOException("%s has the impossible shape (%s)".formatted(name, text));
      }
      if (!digits.isEmpty()) {
        shape.add(Long.parseLong(digits));
      }
    }
    return List.copyOf(shape);
  }

  private byte[] bytes(int count, String what) throws IOException {
    byte[] bytes = input.readNBytes(count);
    if (bytes.length < count) {
      throw new IOException("%s ends within its %s".formatted(name, what));
    }
    return bytes;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
