package io.github.nolabel.spark.source;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Parquet files as others write them. */
final class Tables {

  /** A frame of Spark's {@code binaryFile}, written by Spark. */
  static final String BINARY_FILE =
      "message spark_schema { optional binary path (STRING); required int96 modificationTime;"
          + " required int64 length; optional binary content; }";

  /** A data set of Hugging Face. */
  static final String STRUCT =
      "message schema { optional group image { optional binary bytes; optional binary path (STRING); }"
          + " optional int64 label; optional group captions (LIST) { repeated group list {"
          + " optional binary element (STRING); } } }";

  private static final int ROWS_OF_A_GROUP = 5;

  private Tables() {}

  /** Writes {@code rows} rows in row groups of five. */
  static void write(Path file, String schema, int rows, Filler filler) throws IOException {
    MessageType type = MessageTypeParser.parseMessageType(schema);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new Configuration())
            .withType(type)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withRowGroupRowCountLimit(ROWS_OF_A_GROUP)
            .build()) {
      for (int i = 0; i < rows; i++) {
        SimpleGroup row = new SimpleGroup(type);
        filler.fill(row, i);
        writer.write(row);
      }
    }
  }

  /** A table with nothing but pictures, of the greys from {@code first} on. */
  static void images(Path file, int first, int rows) throws IOException {
    write(
        file,
        "message m { required binary image; }",
        rows,
        (row, i) -> row.add("image", png(first + i)));
  }

  static Binary png(int grey) throws IOException {
    return Binary.fromConstantByteArray(Pictures.png(grey));
  }

  /** Fills a row. */
  @FunctionalInterface
  interface Filler {
    void fill(SimpleGroup row, int number) throws IOException;
  }
}
