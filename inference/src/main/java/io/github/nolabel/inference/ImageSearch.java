package io.github.nolabel.inference;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the images that a text describes best, by the cosine of their features. Holds the features
 * only: the network that made them may be closed. Immutable; safe for many threads.
 */
public final class ImageSearch {

  /** How many images are in memory, decoded, at a time. */
  private static final int BATCH = 32;

  /** How far from one the length of a unit vector may be. */
  private static final double SLACK = 1e-2;

  private final int featureWidth;
  private final List<Indexed> images;
  private final List<Skipped> skipped;

  private ImageSearch(int featureWidth, List<Indexed> images, List<Skipped> skipped) {
    this.featureWidth = featureWidth;
    this.images = List.copyOf(images);
    this.skipped = List.copyOf(skipped);
  }

  /** An image that was found, and its cosine with what was looked for, in [-1, 1]. */
  public record Hit(Path image, double cosine) {}

  /** An image that cannot be found, and why. */
  public record Skipped(Path image, String reason) {}

  /** An image and its features. */
  private static final class Indexed {
    private final Path file;
    private final float[] features;

    Indexed(Path file, float[] features) {
      this.file = file;
      this.features = features;
    }

    Hit hit(float[] query) {
      return new Hit(file, dot(features, query));
    }
  }

  /**
   * Embeds image files; those that cannot be read or decoded are left out.
   *
   * @param images the {@code image.onnx} of a run; stays the caller's to close
   * @throws UserMistake if its features are no unit vectors
   */
  public static ImageSearch over(ExportedBackbone images, List<Path> files) {
    List<Indexed> indexed = new ArrayList<>(files.size());
    List<Skipped> skipped = new ArrayList<>();
    for (int first = 0; first < files.size(); first += BATCH) {
      List<Path> batch = files.subList(first, Math.min(files.size(), first + BATCH));
      indexed.addAll(embedded(images, batch, skipped));
    }
    indexed.forEach(ImageSearch::requireUnit);
    return new ImageSearch(images.featureWidth(), indexed, skipped);
  }

  /** The images that were left out, in the order of the files. */
  public List<Skipped> skipped() {
    return skipped;
  }

  /**
   * The images that fit a text best, the best first; of equals the earlier file is first.
   *
   * @param k how many; fewer come back only if there are fewer images
   * @throws UserMistake if texts and images are not of the same space
   */
  public List<Hit> find(ExportedTexts texts, String query, int k) {
    return find(texts.embed(query), k);
  }

  /**
   * The images closest to a unit vector, such as the features of another image.
   *
   * @throws UserMistake if it is of another width
   */
  public List<Hit> find(float[] query, int k) {
    Require.positive("k", k);
    if (query.length != featureWidth) {
      throw new UserMistake(
          "The query has %d features and the images have %d; use the image.onnx and the text.onnx of one run."
              .formatted(query.length, featureWidth));
    }
    return images.stream()
        .map(image -> image.hit(query))
        .sorted(Comparator.comparingDouble(Hit::cosine).reversed())
        .limit(k)
        .toList();
  }

  private static List<Indexed> embedded(
      ExportedBackbone backbone, List<Path> files, List<Skipped> skipped) {
    List<Path> readable = new ArrayList<>(files.size());
    List<Tensor> prepared = new ArrayList<>(files.size());
    for (Path file : files) {
      try {
        prepared.add(backbone.prepared(file));
        readable.add(file);
      } catch (UserMistake e) {
        skipped.add(new Skipped(file, String.valueOf(e.getMessage())));
      }
    }
    float[][] features = backbone.embedAll(prepared.size(), prepared::get);
    return IntStream.range(0, features.length)
        .mapToObj(i -> new Indexed(readable.get(i), features[i]))
        .toList();
  }

  private static void requireUnit(Indexed image) {
    double length = Math.sqrt(dot(image.features, image.features));
    if (Math.abs(length - 1) > SLACK) {
      throw new UserMistake(
          "The features of '%s' have length %.3g and are no unit vectors; open the image.onnx of a run with texts."
              .formatted(image.file, length));
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
