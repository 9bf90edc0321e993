package io.github.nolabel.serve;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.imageio.ImageIO;

/**
 * Images of one colour each, and a model whose features are that colour in [0, 1]: which images are
 * near is known without training.
 */
final class Colours {

  private static final Preprocessing PLAIN =
      new Preprocessing(8, 1, new Normalisation(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));

  private static final Map<String, float[]> WORDS =
      Map.of("red", new float[] {1, 0, 0}, "blue", new float[] {0, 0, 1});

  private Colours() {}

  /** Counts in {@code seen} how many images it was asked for. */
  static SearchModel model(String fingerprint, AtomicInteger seen) {
    return new SearchModel(
        "mean colour", fingerprint, PLAIN, batch -> means(batch, seen), Optional.empty());
  }

  static SearchModel withTexts() {
    Function<String, float[]> texts = word -> WORDS.getOrDefault(word, new float[3]).clone();
    return new SearchModel(
        "mean colour", "m", PLAIN, batch -> means(batch, new AtomicInteger()), Optional.of(texts));
  }

  private static Tensor means(Tensor batch, AtomicInteger seen) {
    int count = (int) batch.shape().extent(0);
    seen.addAndGet(count);
    float[] pixels = batch.toFloats();
    float[] means = new float[3 * count];
    for (int i = 0; i < pixels.length; i++) {
      means[i / 64] += pixels[i] / 64;
    }
    return Tensor.of(means, count, 3);
  }

  static byte[] png(Color colour) {
    BufferedImage image = new BufferedImage(12, 12, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 144; i++) {
      image.setRGB(i % 12, i / 12, colour.getRGB());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Path write(Path folder, String name, Color colour) throws IOException {
    return Files.write(folder.resolve(name), png(colour));
  }

  static ImageDataset folder(Path folder) {
    return Datasets.images("folder:" + folder, DatasetSettings.DEFAULTS, notice -> {});
  }
}
