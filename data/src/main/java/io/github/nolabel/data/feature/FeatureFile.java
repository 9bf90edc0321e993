package io.github.nolabel.data.feature;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Tensor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Features in a file, little-endian: magic number, rows, width, float32 row by row, CRC-32C of all
 * that. It is mapped into memory, so that a million images need no memory of their own.
 */
record FeatureFile(Path path, int rows, int width) {

  private static final long MAGIC = 0x4E4F4C4142454C02L;
  private static final int HEADER = 3 * Long.BYTES;
  private static final int BUFFER = 1 << 18;

  FeatureFile {
    Require.positive("rows", rows);
    Require.positive("width", width);
  }

  /**
   * @throws IOException if the file is of another kind or size, or damaged; the message says what
   *     is wrong, as the end of a sentence
   */
  KeptFeatures read() throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      checkHeader(file);
      CRC32C sum = new CRC32C();
      sum.update(map(file, 0, HEADER));
      List<FloatBuffer> parts = new ArrayList<>();
      for (long row = 0; row < rows; row += rowsPerPart()) {
        long bytes = Math.min(rowsPerPart(), rows - row) * rowBytes();
        ByteBuffer part = map(file, HEADER + row * rowBytes(), bytes);
        sum.update(part.duplicate());
        parts.add(part.asFloatBuffer());
      }
      check(map(file, bytes() - Long.BYTES, Long.BYTES).getLong() == sum.getValue(), "is damaged");
      return new KeptFeatures(rows, width, parts, rowsPerPart());
    }
  }

  private void checkHeader(FileChannel file) throws IOException {
    check(file.size() >= HEADER, "is cut off");
    ByteBuffer header = map(file, 0, HEADER);
    check(header.getLong() == MAGIC, "holds no features");
    long foundRows = header.getLong();
    long foundWidth = header.getLong();
    check(
        foundRows == rows && foundWidth == width,
        "holds %,d numbers of %,d images, expected %,d of %,d"
            .formatted(foundWidth, foundRows, width, rows));
    check(file.size() == bytes(), "has %,d bytes of %,d".formatted(file.size(), bytes()));
  }

  private static ByteBuffer map(FileChannel file, long from, long bytes) throws IOException {
    return file.map(MapMode.READ_ONLY, from, bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void check(boolean valid, String fault) throws IOException {
    if (!valid) {
      throw new IOException(fault);
    }
  }

  /**
   * Writes the rows of all {@code batches}, float[n, width] each, beside the place and renames the
   * file when it is complete.
   */
  void write(Iterable<Tensor> batches) throws IOException {
    Path folder = path.toAbsolutePath().resolveSibling("");
    Files.createDirectories(folder);
    Path unfinished = Files.createTempFile(folder, "features", ".tmp");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER)) {
        writeTo(out, batches);
      }
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void writeTo(OutputStream out, Iterable<Tensor> batches) throws IOException {
    CheckedOutputStream summed = new CheckedOutputStream(out, new CRC32C());
    summed.write(bytes(HEADER).putLong(MAGIC).putLong(rows).putLong(width).array());
    for (Tensor batch : batches) {
      float[] values = batch.toFloats();
      byte[] bytes = new byte[values.length * Float.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
      summed.write(bytes);
    }
    out.write(bytes(Long.BYTES).putLong(summed.getChecksum().getValue()).array());
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private long bytes() {
    return HEADER + rows * rowBytes() + Long.BYTES;
  }

  private long rowBytes() {
    return (long) width * Float.BYTES;
  }

  /** As many as one mapping can hold. */
  private int rowsPerPart() {
    return (int) (Integer.MAX_VALUE / rowBytes());
  }
}
