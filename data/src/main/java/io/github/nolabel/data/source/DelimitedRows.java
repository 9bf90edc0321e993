package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Rows of a CSV or TSV file, as RFC 4180 has them, below a header. */
final class DelimitedRows {

  private static final Pattern START = Pattern.compile("startline ([\\d.,\u00a0\u202f']+)");

  private final CaptionColumns columns;
  private final CaptionTable table;
  private final String file;

  private List<String> header = List.of();
  private int image;
  private int[] captions = {};

  /**
   * @param file for messages
   */
  DelimitedRows(CaptionColumns columns, CaptionTable table, String file) {
    this.columns = columns;
    this.table = table;
    this.file = file;
  }

  /** Adds all rows to the table. */
  void read(Reader reader, char separator) throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180.builder().setDelimiter(separator).setIgnoreEmptyLines(true).get();
    try (CSVParser parser = CSVParser.builder().setReader(reader).setFormat(format).get()) {
      readAll(parser);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void readAll(CSVParser parser) throws IOException {
    Iterator<CSVRecord> records = parser.iterator();
    if (!hasNext(records, parser)) {
      throw new UserMistake(
          "Data source '%s': '%s' is empty, expected a header such as image,caption and rows below."
              .formatted(columns.source(), file));
    }
    readHeader(records.next().toList());
    while (hasNext(records, parser)) {
      CSVRecord row = records.next();
      add("line " + (parser.getCurrentLineNumber() - lineBreaks(row)), row);
    }
  }

  private void readHeader(List<String> names) {
    header = names.stream().map(String::strip).toList();
    columns.check("the header of '" + file + "'", header);
    image = header.indexOf(columns.imageOf(header).orElseThrow());
    List<String> chosen = columns.captionsOf(header);
    captions =
        IntStream.range(0, header.size()).filter(i -> chosen.contains(header.get(i))).toArray();
  }

  private void add(String where, CSVRecord row) {
    if (row.size() <= image || row.size() <= captions[0] || row.get(image).isBlank()) {
      table.incomplete(where);
    } else if (IntStream.range(header.size(), row.size()).anyMatch(i -> !row.get(i).isBlank())) {
      table.surplus(where);
    } else {
      List<String> texts = new ArrayList<>();
      IntStream.of(captions).filter(i -> i < row.size()).forEach(i -> texts.add(row.get(i)));
      table.add(where, row.get(image).strip(), texts);
    }
  }

  private boolean hasNext(Iterator<CSVRecord> records, CSVParser parser) throws IOException {
    try {
      return records.hasNext();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof java.nio.charset.CharacterCodingException notUtf8) {
        throw notUtf8;
      }
      throw broken(e, parser.getCurrentLineNumber());
    }
  }

  private UserMistake broken(UncheckedIOException e, long line) {
    String message = String.valueOf(e.getMessage());
    Matcher start = START.matcher(message);
    boolean endless = message.contains("EOF") && start.find();
    return new UserMistake(
        endless
            ? "Data source '%s': the quote that starts on line %s of '%s' never ends. Close it, and write a quote within a caption twice (\"\")."
                .formatted(columns.source(), start.group(1), file)
            : "Data source '%s': line %,d of '%s': a text goes on after its closing quote. Write a quote within a caption twice (\"\")."
                .formatted(columns.source(), line, file),
        e);
  }

  private static long lineBreaks(CSVRecord row) {
    return row.stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
  }
}
