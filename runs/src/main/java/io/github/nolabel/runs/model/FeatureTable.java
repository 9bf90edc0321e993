package io.github.nolabel.runs.model;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.BrokenImages;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.PreparedImages;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** One row per image that can be read, in the order of the images; names tell which is which. */
public final class FeatureTable {

  private static final int BATCH = 64;

  private final ImageDataset images;
  private final PreparedImages prepared;
  private final BrokenImages broken;

  public FeatureTable(ImageDataset images, Preprocessing preprocessing) {
    this.images = images;
    this.prepared = PreparedImages.of(images, preprocessing);
    this.broken = prepared.broken();
  }

  /** How many there are: the images less the broken ones met so far. */
  public int rows() {
    return images.size() - broken.faults().size();
  }

  /** What is wrong with the broken images met so far; they have no row. */
  public List<String> broken() {
    return List.copyOf(broken.faults());
  }

  /** The file beside {@code features.npy} that names its rows: {@code features.names.txt}. */
  public static Path namesOf(Path features) {
    String name = String.valueOf(features.getFileName());
    String stem = name.endsWith(".npy") ? name.substring(0, name.length() - 4) : name;
    return features.resolveSibling(stem + ".names.txt");
  }

  /**
   * Writes the features as the file's name says: {@code .csv} and {@code .parquet} with path, label
   * and captions in the row, anything else as NumPy's float32 [rows, width]. Images are read once
   * and rows written as they come; only if some are broken a NumPy file is copied, to say how many
   * rows it has.
   *
   * @param width features of an image
   */
  public void writeFeatures(Path file, OutputFiles files, Embedder embedder, long width) {
    switch (FeatureFormat.of(file)) {
      case CSV -> files.write(file, out -> write(new CsvRows(out, width), embedder));
      case PARQUET -> files.write(file, out -> write(new ParquetRows(out), embedder));
      case NPY -> writeMatrix(file, files, embedder, width);
    }
  }

  private void writeMatrix(Path file, OutputFiles files, Embedder embedder, long width) {
    files.write(
        file,
        out -> {
          NpyFile.floatHeader(out, images.size(), width);
          write(new NpyRows(out), embedder);
        });
    if (!broken.faults().isEmpty()) {
      files.write(file, out -> writeCopy(file, out, width));
    }
  }

  /** Hands over the rows in order, each as soon as its batch is computed. */
  public void write(FeatureRows rows, Embedder embedder) throws IOException {
    int first = 0;
    for (Tensor batch : prepared.batches(BATCH)) {
      float[] features = embedder.embed(batch).toFloats();
      int count = (int) batch.shape().extent(0);
      int width = features.length / count;
      for (int i = 0; i < count; i++) {
        if (!broken.contains(first + i)) {
          rows.row(image(first + i), Arrays.copyOfRange(features, i * width, (i + 1) * width));
        }
      }
      first += count;
    }
    rows.end();
  }

  private FeatureRows.Image image(int index) {
    OptionalInt label = images.label(index);
    return new FeatureRows.Image(
        images.name(index),
        label.isPresent() ? images.labelNames().get(label.getAsInt()) : "",
        images.captions(index));
  }

  private void writeCopy(Path file, OutputStream out, long width) throws IOException {
    try (InputStream rows = new BufferedInputStream(Files.newInputStream(file))) {
      NpyFile.skipHeader(rows);
      NpyFile.floatHeader(out, rows(), width);
      rows.transferTo(out);
    }
  }

  /** Writes int64 [rows]; call it after the features, which tell what is broken. */
  public void writeLabels(OutputStream out) throws IOException {
    NpyFile.longHeader(out, rows());
    NpyFile.longs(out, readable().mapToLong(i -> images.label(i).orElse(-1)).toArray());
  }

  /** Writes the name of each row's image on a line of its own; call it after the features. */
  public void writeNames(OutputStream out) throws IOException {
    for (int index : readable().toArray()) {
      String line = images.name(index).replace("\n", "\\n").replace("\r", "\\r") + "\n";
      out.write(line.getBytes(StandardCharsets.UTF_8));
    }
  }

  private IntStream readable() {
    return IntStream.range(0, images.size()).filter(i -> !broken.contains(i));
  }
}
