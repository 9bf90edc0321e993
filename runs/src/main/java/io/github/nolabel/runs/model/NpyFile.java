package io.github.nolabel.runs.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** NumPy's file format, version 1.0, little-endian and in row-major order. */
public final class NpyFile {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;

  private NpyFile() {}

  /** What comes before float32 values of this shape. */
  public static void floatHeader(OutputStream out, long... shape) throws IOException {
    header(out, "<f4", shape);
  }

  /** What comes before int64 values of this shape. */
  public static void longHeader(OutputStream out, long... shape) throws IOException {
    header(out, "<i8", shape);
  }

  /** Reads past what {@link #floatHeader} or {@link #longHeader} wrote. */
  static void skipHeader(InputStream in) throws IOException {
    in.skipNBytes(MAGIC.length);
    int length = in.read() | in.read() << 8;
    in.skipNBytes(length);
  }

  public static void floats(OutputStream out, float[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    out.write(bytes.array());
  }

  public static void longs(OutputStream out, long[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    out.write(bytes.array());
  }

  private static void header(OutputStream out, String type, long[] shape) throws IOException {
    String extents =
        Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }"
            .formatted(type, extents, shape.length == 1 ? "," : "");
    int start = MAGIC.length + Short.BYTES;
    int end = (start + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    String padded = text + " ".repeat(end - start - text.length() - 1) + "\n";
    out.write(MAGIC);
    out.write(padded.length());
    out.write(padded.length() >> 8);
    out.write(padded.getBytes(StandardCharsets.US_ASCII));
  }
}
