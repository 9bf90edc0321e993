package io.github.nolabel.runs.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Comma-separated values (RFC 4180) in UTF-8: {@code path,label,caption,f0,f1,...}. What nobody
 * said is empty; the numbers, read as float32, are the features to the last bit.
 */
final class CsvRows implements FeatureRows {

  private static final String END_OF_LINE = "\r\n";

  private final OutputStream out;

  CsvRows(OutputStream out, long width) throws IOException {
    this.out = out;
    StringBuilder header = new StringBuilder("path,label,caption");
    for (long i = 0; i < width; i++) {
      header.append(",f").append(i);
    }
    write(header);
  }

  @Override
  public void row(Image image, float[] vector) throws IOException {
    StringBuilder line = new StringBuilder();
    line.append(field(image.path())).append(',').append(field(image.label()));
    line.append(',').append(field(image.caption()));
    for (float value : vector) {
      line.append(',').append(value);
    }
    write(line);
  }

  private void write(StringBuilder line) throws IOException {
    out.write(line.append(END_OF_LINE).toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
