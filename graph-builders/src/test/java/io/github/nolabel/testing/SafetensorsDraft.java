package io.github.nolabel.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes safetensors files, as other libraries do. */
public final class SafetensorsDraft {

  private final List<String> entries = new ArrayList<>();
  private final ByteArrayOutputStream contents = new ByteArrayOutputStream();

  /** Adds floats of 32 bits. */
  public SafetensorsDraft floats(String name, long[] extents, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return raw(name, "F32", extents, bytes.array());
  }

  public SafetensorsDraft raw(String name, String type, long[] extents, byte[] bytes) {
    int begin = contents.size();
    contents.writeBytes(bytes);
    entries.add(
        "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
            .formatted(name, type, Arrays.toString(extents), begin, contents.size()));
    return this;
  }

  public Path write(Path file) {
    String header = "{\"__metadata__\":{\"format\":\"pt\"}," + String.join(",", entries) + "}  ";
    return write(file, header, contents.toByteArray());
  }

  /** A file with any header. */
  public static Path write(Path file, String header, byte[] contents) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all =
        ByteBuffer.allocate(8 + text.length + contents.length).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(text.length).put(text).put(contents);
    try {
      return Files.write(file, all.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
