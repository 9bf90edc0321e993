package io.github.nolabel.inference;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A backbone that Nolabel exported, images to features. Images are decoded and prepared as in
 * evaluation, by what the file says about itself. Any number of threads may embed with one backbone
 * at the same time; close it when the last of them is done.
 */
public final class ExportedBackbone implements AutoCloseable {

  /** How many images are in memory, prepared, at a time. */
  private static final int BATCH = 32;

  private final ModelCard card;
  private final int featureWidth;
  private final FeatureSession session;

  private ExportedBackbone(ModelCard card, int featureWidth, FeatureSession session) {
    this.card = card;
    this.featureWidth = featureWidth;
    this.session = session;
  }

  /**
   * Opens an exported file.
   *
   * @throws UserMistake if there is no such file, it is no ONNX file, Nolabel did not export it, or
   *     ONNX Runtime is not on the class path
   */
  public static ExportedBackbone open(Path file) {
    FeatureSession session = ModelFiles.open(file, "an exported backbone");
    try {
      ModelCard card = ModelCard.of(session.metadata(), file);
      int featureWidth = session.featureWidth(card.preprocessing().size());
      return new ExportedBackbone(card, featureWidth, session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** How images are prepared for it, and where it comes from. */
  public ModelCard card() {
    return card;
  }

  /** Features per image. */
  public int featureWidth() {
    return featureWidth;
  }

  /**
   * The features of an image file: PNG, JPEG, WebP, BMP or GIF (its first picture).
   *
   * @throws UserMistake if it cannot be read or decoded
   */
  public float[] embed(Path image) {
    return embedFiles(List.of(image))[0];
  }

  /**
   * The features of a picture in memory.
   *
   * @throws UserMistake if it is too large or of an unsupported kind
   */
  public float[] embed(BufferedImage image) {
    return embed(List.of(image))[0];
  }

  /**
   * The features of each picture, in their order.
   *
   * @throws UserMistake if one is too large or of an unsupported kind; it is named by its place
   */
  public float[][] embed(List<BufferedImage> images) {
    return embedAll(
        images.size(),
        i ->
            ImageFiles.prepared(
                "picture %d of %d".formatted(i + 1, images.size()),
                images.get(i),
                card.preprocessing()));
  }

  /**
   * The features of each image file, in their order.
   *
   * @throws UserMistake if one cannot be read or decoded; it is named
   */
  public float[][] embedFiles(List<Path> images) {
    return embedAll(images.size(), i -> prepared(images.get(i)));
  }

  @Override
  public void close() {
    session.close();
  }

  /**
   * float[1, 3, S, S]: an image file as the network sees it.
   *
   * @throws UserMistake if it cannot be read or decoded
   */
  Tensor prepared(Path image) {
    return ImageFiles.prepared(image, card.preprocessing());
  }

  /**
   * The features of each image, in their order.
   *
   * @param prepared gives each as float[1, 3, S, S]
   */
  float[][] embedAll(int count, IntFunction<Tensor> prepared) {
    List<float[]> features = new ArrayList<>(count);
    for (int first = 0; first < count; first += BATCH) {
      int size = Math.min(count - first, BATCH);
      FloatBuffer batch = joined(IntStream.range(first, first + size).mapToObj(prepared), size);
      features.addAll(List.of(session.features(batch, size, imageSize())));
    }
    return features.toArray(float[][]::new);
  }

  private FloatBuffer joined(Stream<Tensor> prepared, int count) {
    int row = Math.multiplyExact(3 * imageSize(), imageSize());
    FloatBuffer batch = FloatBuffer.allocate(Math.multiplyExact(row, count));
    prepared.forEachOrdered(image -> batch.put(image.floats()));
    return batch.flip();
  }

  private int imageSize() {
    return card.preprocessing().size();
  }
}
