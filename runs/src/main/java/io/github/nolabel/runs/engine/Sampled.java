package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.PreparedImages;
import java.util.Optional;
import java.util.function.Consumer;

/** Some images of a data set, evenly spread, as a network sees them. */
record Sampled(ImageDataset images, int most, Phase phase, Preprocessing preprocessing) {

  /** Where the first of them lies; of large data sets both choose other images. */
  enum Phase {
    FIRST,
    BETWEEN
  }

  static Sampled of(ImageDataset images, int most, Phase phase, Preprocessing preprocessing) {
    return new Sampled(images, most, phase, preprocessing);
  }

  /**
   * Gives each that can be read, float[1, 3, S, S].
   *
   * @throws io.github.nolabel.api.UserMistake if none can be
   */
  void forEach(Consumer<Tensor> taker) {
    int asked = Math.min(most, images.size());
    int found = 0;
    for (int i = 0; i < asked; i++) {
      Optional<Tensor> image = prepared(index(i, asked));
      image.ifPresent(taker);
      found += image.isPresent() ? 1 : 0;
    }
    Require.that(found > 0, "None of the images asked can be read.");
  }

  private int index(int number, int asked) {
    long half = phase == Phase.BETWEEN ? images.size() / 2 : 0;
    return (int) (((long) number * images.size() + half) / asked);
  }

  private Optional<Tensor> prepared(int index) {
    try {
      return Optional.of(
          PreparedImages.one(images.name(index), images.image(index), preprocessing));
    } catch (BrokenImageException broken) {
      return Optional.empty();
    }
  }
}
