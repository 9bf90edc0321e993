package io.github.nolabel.serve;

import io.github.nolabel.api.file.OutputFiles;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Features of images by {@link ImageKey}, in one file: magic number, fingerprint of the model,
 * count, then key and features each, CRC-32C. A file that is damaged, of another format or of
 * another model counts as empty.
 */
final class FeatureFile {

  private static final long MAGIC = 0x4E4F4C5345415201L;
  private static final int BUFFER = 1 << 18;
  private static final int WIDEST = 1 << 20;

  private final Path file;
  private final String model;

  FeatureFile(Path file, String model) {
    this.file = file;
    this.model = model;
  }

  Map<String, float[]> load() {
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    CRC32C sum = new CRC32C();
    try (DataInputStream input =
        new DataInputStream(
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), BUFFER), sum))) {
      Map<String, float[]> features = read(input);
      long expected = sum.getValue();
      return input.readLong() == expected ? features : Map.of();
    } catch (IOException damaged) {
      return Map.of();
    }
  }

  /**
   * @throws io.github.nolabel.api.UserMistake if the file cannot be written
   */
  void store(Map<String, float[]> features) {
    OutputFiles.createFolder(file.toAbsolutePath().resolveSibling("."));
    OutputFiles.LOCAL.write(file, out -> write(features, out));
  }

  private Map<String, float[]> read(DataInputStream input) throws IOException {
    if (input.readLong() != MAGIC || !input.readUTF().equals(model)) {
      return Map.of();
    }
    int count = input.readInt();
    Map<String, float[]> features = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      features.put(input.readUTF(), row(input));
    }
    return features;
  }

  private static float[] row(DataInputStream input) throws IOException {
    int width = input.readInt();
    if (width < 0 || width > WIDEST) {
      throw new IOException("no width: " + width);
    }
    byte[] bytes = input.readNBytes(width * Float.BYTES);
    if (bytes.length < width * Float.BYTES) {
      throw new IOException("cut off");
    }
    float[] row = new float[width];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(row);
    return row;
  }

  private void write(Map<String, float[]> features, OutputStream out) throws IOException {
    CRC32C sum = new CRC32C();
    DataOutputStream output = new DataOutputStream(new CheckedOutputStream(out, sum));
    output.writeLong(MAGIC);
    output.writeUTF(model);
    output.writeInt(features.size());
    for (Map.Entry<String, float[]> entry : features.entrySet()) {
      float[] row = entry.getValue();
      output.writeUTF(entry.getKey());
      output.writeInt(row.length);
      ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES);
      bytes.asFloatBuffer().put(row);
      output.write(bytes.array());
    }
    output.writeLong(sum.getValue());
    output.flush();
  }
}
