package io.github.nolabel.runs.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Apache Parquet, format version 1: {@code path}, {@code label} and {@code caption} as texts, the
 * latter two null where nobody said anything, and {@code vector}, a list of float32. Rows are kept
 * until a row group of {@value #GROUP} bytes is full; of those written 300 bytes or so remain.
 */
final class ParquetRows implements FeatureRows {

  private static final int GROUP = 16 << 20;
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int REQUIRED = 0;
  private static final int OPTIONAL = 1;
  private static final int REPEATED = 2;
  private static final int BYTE_ARRAY = 6;
  private static final int FLOAT = 4;
  private static final int UTF8 = 0;
  private static final int LIST = 3;

  private final OutputStream out;
  private final int groupBytes;
  private final ParquetColumn path = ParquetColumn.texts("path", false);
  private final ParquetColumn label = ParquetColumn.texts("label", true);
  private final ParquetColumn caption = ParquetColumn.texts("caption", true);
  private final ParquetColumn vector = ParquetColumn.vectors("vector");
  private final List<ParquetColumn> columns = List.of(path, label, caption, vector);
  private final List<CompactThrift> groups = new ArrayList<>();
  private long written = MAGIC.length;
  private long rows;
  private long rowsInGroup;

  ParquetRows(OutputStream out) throws IOException {
    this(out, GROUP);
  }

  ParquetRows(OutputStream out, int groupBytes) throws IOException {
    this.out = out;
    this.groupBytes = groupBytes;
    out.write(MAGIC);
  }

  @Override
  public void row(Image image, float[] values) throws IOException {
    path.add(image.path());
    label.add(image.label());
    caption.add(image.caption());
    vector.add(values);
    rows++;
    rowsInGroup++;
    if (columns.stream().mapToLong(ParquetColumn::size).sum() >= groupBytes) {
      writeGroup();
    }
  }

  @Override
  public void end() throws IOException {
    if (rowsInGroup > 0) {
      writeGroup();
    }
    byte[] footer = footer().bytes();
    out.write(footer);
    out.write(ParquetColumn.little(footer.length));
    out.write(MAGIC);
  }

  private void writeGroup() throws IOException {
    List<CompactThrift> chunks = new ArrayList<>();
    long start = written;
    for (ParquetColumn column : columns) {
      ParquetColumn.Chunk chunk = column.writeTo(out, written);
      written += chunk.length();
      chunks.add(chunk.described());
    }
    CompactThrift group = new CompactThrift().structs(1, chunks, chunks.size());
    groups.add(group.int64(2, written - start).int64(3, rowsInGroup));
    rowsInGroup = 0;
  }

  private CompactThrift footer() {
    CompactThrift kindList = new CompactThrift().struct(LIST, new CompactThrift());
    List<CompactThrift> schema =
        List.of(
            new CompactThrift().text(4, "features").int32(5, columns.size()),
            text("path", REQUIRED),
            text("label", OPTIONAL),
            text("caption", OPTIONAL),
            named("vector", REQUIRED).int32(5, 1).int32(6, LIST).struct(10, kindList),
            named("list", REPEATED).int32(5, 1),
            new CompactThrift().int32(1, FLOAT).int32(3, REQUIRED).text(4, "element"));
    CompactThrift footer = new CompactThrift().int32(1, 1).structs(2, schema, schema.size());
    return footer.int64(3, rows).structs(4, groups, groups.size()).text(6, "Nolabel");
  }

  private static CompactThrift named(String name, int repetition) {
    return new CompactThrift().int32(3, repetition).text(4, name);
  }

  private static CompactThrift text(String name, int repetition) {
    CompactThrift kind = new CompactThrift().struct(1, new CompactThrift());
    CompactThrift element = new CompactThrift().int32(1, BYTE_ARRAY).int32(3, repetition);
    return element.text(4, name).int32(6, UTF8).struct(10, kind);
  }
}
