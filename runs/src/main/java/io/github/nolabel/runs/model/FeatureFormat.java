package io.github.nolabel.runs.model;

import java.nio.file.Path;
import java.util.Locale;

/** How features are written, by the end of the file's name. */
public enum FeatureFormat {
  /** The matrix alone; names lie beside it. */
  NPY,
  /** A line of text per image: path, label, caption, numbers. */
  CSV,
  /** A row per image: path, label, caption, vector. */
  PARQUET;

  /**
   * {@code .csv} and {@code .parquet} say what they are; any other name is that of a NumPy file.
   */
  public static FeatureFormat of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return CSV;
    }
    return name.endsWith(".parquet") ? PARQUET : NPY;
  }

  /** Whether the file itself says which image a row is of. */
  public boolean namesRows() {
    return this != NPY;
  }
}
