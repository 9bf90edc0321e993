package io.github.nolabel.serve;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.decode.ImageDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Images that can be searched by image or by text. Safe for many threads. */
public final class SearchIndex {

  /** With more images than this, a graph is worth it. */
  private static final int MOST_COMPARED = 5000;

  private static final int DECODED_AT_A_TIME = 2;

  private final ImageDataset images;
  private final SearchModel model;
  private final Embeddings embeddings;
  private final FeatureRows features;
  private final int[] imageOfRow;
  private final Neighbours neighbours;
  private final Semaphore decoding = new Semaphore(DECODED_AT_A_TIME);

  private SearchIndex(
      ImageDataset images,
      SearchModel model,
      Embeddings embeddings,
      FeatureRows features,
      int[] imageOfRow,
      Neighbours neighbours) {
    this.images = images;
    this.model = model;
    this.embeddings = embeddings;
    this.features = features;
    this.imageOfRow = imageOfRow;
    this.neighbours = neighbours;
  }

  /**
   * An image that was found.
   *
   * @param image its index in the data
   * @param score the cosine with what was looked for, in [-1, 1]
   */
  public record Hit(int image, String name, double score, List<String> captions) {}

  /**
   * Embeds the images whose features are not in the file yet, and stores them there. Of more than
   * 5000 images a graph of neighbours is stored beside it, {@code FILE.graph}.
   *
   * @param file for the features of these images; need not exist
   * @param notices takes lines for the person who waits
   * @throws io.github.nolabel.api.UserMistake if a file cannot be written
   */
  public static SearchIndex open(
      ImageDataset images, SearchModel model, Path file, Consumer<String> notices) {
    return open(images, model, file, MOST_COMPARED, notices);
  }

  static SearchIndex open(
      ImageDataset images,
      SearchModel model,
      Path file,
      int mostCompared,
      Consumer<String> notices) {
    Embeddings embeddings = new Embeddings(model);
    FeatureRows features =
        FeatureRows.of(images, embeddings, new FeatureFile(file, model.fingerprint()), notices);
    List<float[]> rows = new ArrayList<>();
    List<Integer> imageOfRow = new ArrayList<>();
    for (int image = 0; image < images.size(); image++) {
      float[] row = features.row(image);
      if (row != null) {
        rows.add(row);
        imageOfRow.add(image);
      }
    }
    Neighbours neighbours =
        rows.size() <= mostCompared
            ? new AllRows(rows)
            : RowGraph.of(rows, imageOfRow.stream().map(features::key).toList(), graphOf(file));
    return new SearchIndex(
        images,
        model,
        embeddings,
        features,
        imageOfRow.stream().mapToInt(Integer::intValue).toArray(),
        neighbours);
  }

  private static GraphFile graphOf(Path features) {
    return new GraphFile(features.resolveSibling(features.getFileName() + ".graph"));
  }

  /** How many images can be found. */
  public int size() {
    return imageOfRow.length;
  }

  /** How many of them were embedded when this was opened; the others were known. */
  public int embedded() {
    return features.made();
  }

  /** The images that cannot be found, and why. */
  public Map<Integer, String> broken() {
    return Map.copyOf(features.broken());
  }

  /** Whether every image is compared with what is looked for. */
  public boolean exact() {
    return neighbours.exact();
  }

  /** Whether it can be searched by text. */
  public boolean readsTexts() {
    return embeddings.readsTexts();
  }

  /**
   * The images that look most like a picture, the best first.
   *
   * @param name of the picture, for messages
   * @throws io.github.nolabel.data.BrokenImageException if it cannot be resized
   */
  public List<Hit> find(String name, RgbImage picture, int k) {
    return nearest(embed(name, picture), k);
  }

  /** The images that fit a text best; only if {@link #readsTexts()}. */
  public List<Hit> find(String text, int k) {
    return nearest(embed(text), k);
  }

  float[] embed(String text) {
    return embeddings.of(text);
  }

  /**
   * The unit vector of an encoded picture. Only a few are decoded at a time: a small file may hold
   * hundreds of millions of pixels.
   *
   * @throws io.github.nolabel.data.BrokenImageException if it cannot be decoded or resized
   */
  float[] embed(String name, byte[] file) {
    decoding.acquireUninterruptibly();
    Tensor prepared;
    try {
      prepared = embeddings.prepared(name, ImageDecoder.decode(name, file));
    } finally {
      decoding.release();
    }
    return embeddings.of(List.of(prepared))[0];
  }

  /** The unit vector of a picture. */
  float[] embed(String name, RgbImage picture) {
    return embeddings.of(List.of(embeddings.prepared(name, picture)))[0];
  }

  /** The unit vector of one of the images; null if there is none, or it is broken. */
  float @Nullable [] row(int image) {
    return image < 0 || image >= images.size() ? null : features.row(image);
  }

  List<Hit> nearest(float[] query, int k) {
    return neighbours.nearest(query, k).stream()
        .map(near -> hit(imageOfRow[near.row()], near.cosine()))
        .toList();
  }

  private Hit hit(int image, double cosine) {
    return new Hit(image, images.name(image), cosine, images.captions(image));
  }

  String modelName() {
    return model.name();
  }

  ImageDataset images() {
    return images;
  }
}
