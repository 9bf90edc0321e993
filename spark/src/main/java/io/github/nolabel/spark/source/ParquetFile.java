package io.github.nolabel.spark.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.SourceAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * A Parquet file, opened anew for whatever is read.
 *
 * @param name below the folder that was named
 * @param length in bytes
 */
record ParquetFile(String name, long length, InputFile input) {

  static ParquetFile of(HadoopPlace place, FileStatus file) {
    try {
      return new ParquetFile(
          place.name(file), file.getLen(), HadoopInputFile.fromStatus(file, place.settings()));
    } catch (IOException e) {
      throw HadoopPlace.unreachable(place.address(), file.getPath(), e);
    }
  }

  /**
   * What each of its row groups holds; reads no image.
   *
   * @throws UserMistake if it is no Parquet file, is damaged or lacks a column
   */
  List<RowGroup> groups(SourceAddress address) {
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      MessageType schema = reader.getFileMetaData().getSchema();
      ParquetColumns columns = ParquetColumns.of(address, name, schema);
      RowWords words = new RowWords(address.text(), name, columns);
      List<RowGroup> groups = new ArrayList<>();
      for (int i = 0; i < reader.getRowGroups().size(); i++) {
        groups.add(group(reader, i, columns, words));
      }
      return groups;
    } catch (UserMistake e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UserMistake(
          "Data source '%s': '%s' (%,d bytes) cannot be read: %s. Expected a whole Parquet file; was it written to its end?"
              .formatted(address.text(), name, length, e.getMessage()),
          e);
    }
  }

  private RowGroup group(
      ParquetFileReader reader, int number, ParquetColumns columns, RowWords words)
      throws IOException {
    BlockMetaData block = reader.getRowGroups().get(number);
    int rows = Math.toIntExact(block.getRowCount());
    ColumnChunkMetaData pixels = pixels(block, columns.pixels());
    List<RowWords.Row> said = new ArrayList<>(rows);
    MessageType schema = reader.getFileMetaData().getSchema();
    columns
        .words(schema)
        .ifPresentOrElse(
            part -> read(reader, number, part, group -> said.add(words.of(group, said.size()))),
            () -> said.addAll(java.util.Collections.nCopies(rows, RowWords.Row.NONE)));
    return new RowGroup(this, number, columns.pixels(), pixels, said);
  }

  private static ColumnChunkMetaData pixels(BlockMetaData block, MessageType part) {
    List<String> path = List.of(part.getPaths().get(0));
    return block.getColumns().stream()
        .filter(chunk -> List.of(chunk.getPath().toArray()).equals(path))
        .findFirst()
        .orElseThrow();
  }

  /** Hands out the rows of a group in order, with no more columns than {@code part} has. */
  void rows(int group, MessageType part, Consumer<Group> rows) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      read(reader, group, part, rows);
    }
  }

  private static void read(
      ParquetFileReader reader, int number, MessageType part, Consumer<Group> rows) {
    reader.setRequestedSchema(part);
    try (PageReadStore pages = reader.readRowGroup(number)) {
      RecordReader<Group> records =
          new ColumnIOFactory(reader.getFileMetaData().getCreatedBy())
              .getColumnIO(part)
              .getRecordReader(pages, new GroupRecordConverter(part));
      for (long row = 0; row < pages.getRowCount(); row++) {
        rows.accept(records.read());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
