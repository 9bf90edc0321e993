package io.github.nolabel.spark.source;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.provenance.Fingerprint;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;

/**
 * Rows of a Parquet file that lie together and are read together.
 *
 * @param number in its file
 * @param part the column of images
 * @param chunk where that lies
 * @param words what is said of every row
 */
record RowGroup(
    ParquetFile file,
    int number,
    MessageType part,
    ColumnChunkMetaData chunk,
    List<RowWords.Row> words) {

  /** About how much its images take. */
  long bytes() {
    return chunk.getTotalUncompressedSize();
  }

  void addTo(Fingerprint fingerprint) {
    fingerprint
        .add(file.name())
        .add(file.length())
        .add(words.size())
        .add(chunk.getStartingPos())
        .add(chunk.getTotalSize());
    words.forEach(row -> row.addTo(fingerprint));
  }

  /**
   * Reads all of its encoded images.
   *
   * @param images takes one after another; a row without an image has no bytes
   * @throws NolabelException if they cannot be read, or {@code images} throws one
   */
  void read(Consumer<byte[]> images) {
    try {
      file.rows(number, part, row -> images.accept(bytes(row)));
    } catch (NolabelException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new NolabelException(
          "Row group %d of '%s' (%,d rows) cannot be read: %s. It was there when the data were opened; is the file system in order?"
              .formatted(number, file.name(), words.size(), e.getMessage()),
          e);
    }
  }

  private static byte[] bytes(Group row) {
    if (row.getFieldRepetitionCount(0) == 0) {
      return new byte[0];
    }
    return row.getType().getType(0).isPrimitive()
        ? row.getBinary(0, 0).getBytes()
        : bytes(row.getGroup(0, 0));
  }
}
