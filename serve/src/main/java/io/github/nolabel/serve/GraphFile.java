package io.github.nolabel.serve;

import io.github.jbellis.jvector.disk.SimpleMappedReader;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.OnHeapGraphIndex;
import io.github.nolabel.api.file.OutputFiles;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The graph of a {@link RowGraph} in one file: magic number, {@link ImageKey} of each node, what
 * JVector writes, CRC-32C. A file that is damaged or of another format counts as absent.
 */
final class GraphFile {

  private static final long MAGIC = 0x4E4F4C4752415001L;
  private static final int BUFFER = 1 << 18;

  private final Path file;

  GraphFile(Path file) {
    this.file = file;
  }

  /**
   * A graph that is still in its file.
   *
   * @param keys of its nodes
   * @param start of the graph, in bytes
   */
  record Stored(Path file, List<String> keys, long start) {

    /** Reads the graph into a builder that knows the vectors of all nodes. */
    void into(GraphIndexBuilder builder) throws IOException {
      try (SimpleMappedReader reader = new SimpleMappedReader(file)) {
        reader.seek(start);
        builder.load(reader);
      }
    }
  }

  Optional<Stored> load() {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return isWhole() ? Optional.of(read()) : Optional.empty();
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  private boolean isWhole() throws IOException {
    CRC32C sum = new CRC32C();
    try (DataInputStream input =
        new DataInputStream(
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), BUFFER), sum))) {
      boolean known = input.readLong() == MAGIC;
      input.skipNBytes(Math.max(0, Files.size(file) - 2 * Long.BYTES));
      long expected = sum.getValue();
      return known && input.readLong() == expected;
    }
  }

  private Stored read() throws IOException {
    try (DataInputStream input =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      input.readLong();
      int count = input.readInt();
      long start = Long.BYTES + Integer.BYTES;
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String key = input.readUTF();
        keys.add(key);
        start += Short.BYTES + key.length();
      }
      return new Stored(file, keys, start);
    }
  }

  /**
   * @param keys of the nodes
   * @throws io.github.nolabel.api.UserMistake if the file cannot be written
   */
  void store(List<String> keys, OnHeapGraphIndex graph) {
    OutputFiles.LOCAL.write(file, out -> write(keys, graph, out));
  }

  private static void write(List<String> keys, OnHeapGraphIndex graph, OutputStream out)
      throws IOException {
    CRC32C sum = new CRC32C();
    DataOutputStream output = new DataOutputStream(new CheckedOutputStream(out, sum));
    output.writeLong(MAGIC);
    output.writeInt(keys.size());
    for (String key : keys) {
      output.writeUTF(key);
    }
    graph.save(output);
    output.writeLong(sum.getValue());
    output.flush();
  }
}
