package io.github.nolabel.spark.source;

import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.data.source.CaptionText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.example.data.Group;

/** Reads what is said of the images of one file. */
record RowWords(String source, String file, ParquetColumns columns) {

  /**
   * @param number of the row in its group, for messages
   * @throws io.github.nolabel.api.UserMistake if a caption is no text
   */
  Row of(Group row, int number) {
    String where = "row %d of a row group of '%s'".formatted(number, file);
    List<String> captions = new ArrayList<>();
    columns.captions().forEach(name -> addTexts(row, row.getType().getFieldIndex(name), captions));
    return new Row(
        captions.stream()
            .map(text -> CaptionText.checked(source, where, text))
            .filter(text -> !text.isEmpty())
            .toList(),
        columns.label().flatMap(name -> text(row, name)).filter(Row::isLabel),
        columns.path().flatMap(name -> text(row, name)));
  }

  private static Optional<String> text(Group row, String column) {
    return row.getFieldRepetitionCount(column) == 0
        ? Optional.empty()
        : Optional.of(row.getValueToString(row.getType().getFieldIndex(column), 0).strip());
  }

  /** A text, or all of a list, whose groups lie in each other. */
  private static void addTexts(Group row, int field, List<String> texts) {
    for (int i = 0; i < row.getFieldRepetitionCount(field); i++) {
      if (row.getType().getType(field).isPrimitive()) {
        texts.add(row.getValueToString(field, i));
      } else {
        Group inner = row.getGroup(field, i);
        for (int j = 0; j < inner.getType().getFieldCount(); j++) {
          addTexts(inner, j, texts);
        }
      }
    }
  }

  /**
   * @param path of the file that the image was, if anybody says
   */
  record Row(List<String> captions, Optional<String> label, Optional<String> path) {

    static final Row NONE = new Row(List.of(), Optional.empty(), Optional.empty());

    /** Negative numbers stand for no label. */
    private static boolean isLabel(String text) {
      return !text.isEmpty() && !text.matches("-\\d+");
    }

    void addTo(Fingerprint fingerprint) {
      fingerprint.add(captions.size());
      captions.forEach(fingerprint::add);
      fingerprint.add(label.orElse("")).add(path.orElse(""));
    }
  }
}
