package io.github.nolabel.inference;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.decode.ImageDecoder;
import io.github.nolabel.data.view.CounterRandom;
import io.github.nolabel.data.view.ViewRenderer;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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

  /** The features of a picture in memory. */
  public float[] embed(BufferedImage image) {
    return embed(List.of(image))[0];
  }

  /** The features of each picture, in their order. */
  public float[][] embed(List<BufferedImage> images) {
    return embedAll(images, ImageDecoder::pixels);
  }

  /**
   * The features of each image file, in their order.
   *
   * @throws UserMistake if one cannot be read or decoded; it is named
   */
  public float[][] embedFiles(List<Path> images) {
    return embedAll(images, ImageFiles::read);
  }

  @Override
  public void close() {
    session.close();
  }

  /** Of images that are decoded already. */
  float[][] embedDecoded(List<RgbImage> images) {
    return embedAll(images, Function.identity());
  }

  private <T> float[][] embedAll(List<T> images, Function<T, RgbImage> decoder) {
    ViewRenderer renderer = ViewRenderer.plain(card.preprocessing());
    List<float[]> features = new ArrayList<>(images.size());
    for (int first = 0; first < images.size(); first += BATCH) {
      List<T> batch = images.subList(first, Math.min(images.size(), first + BATCH));
      FloatBuffer prepared = prepared(batch, decoder, renderer);
      features.addAll(List.of(session.features(prepared, batch.size(), imageSize())));
    }
    return features.toArray(float[][]::new);
  }

  private <T> FloatBuffer prepared(
      List<T> batch, Function<T, RgbImage> decoder, ViewRenderer renderer) {
    int row = Math.multiplyExact(3 * imageSize(), imageSize());
    FloatBuffer target = FloatBuffer.allocate(Math.multiplyExact(row, batch.size()));
    for (int i = 0; i < batch.size(); i++) {
      RgbImage image = decoder.apply(batch.get(i));
      renderer.render(
          image.rgb(), image.width(), image.height(), new CounterRandom(), target, i * row);
    }
    return target;
  }

  private int imageSize() {
    return card.preprocessing().size();
  }
}
