package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.SplitImages;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Grey images and their numbers.
 *
 * @param origin the file of the images, for messages
 * @param labels as many as there are images, or none at all
 */
record IdxImages(String origin, IdxArray pixels, Optional<IdxArray> labels) {

  IdxImages {
    if (pixels.values().length == 0) {
      throw new UserMistake("'%s' holds no images.".formatted(origin));
    }
  }

  /** Training and test images with the same label names, of which there are as many as numbers. */
  static SplitImages split(IdxImages training, Optional<IdxImages> test) {
    int classes = Math.max(training.classes(), test.map(IdxImages::classes).orElse(0));
    Fingerprint fingerprint = new Fingerprint().add(training.pixels.values());
    training.labels.ifPresent(array -> fingerprint.add(array.values()));
    return new SplitImages(
        training.dataset(classes), test.map(images -> images.dataset(classes)), fingerprint.hex());
  }

  private int classes() {
    return IntStream.of(numbers()).max().orElse(-1) + 1;
  }

  /** Grey becomes three equal channels. */
  private ImageDataset dataset(int classes) {
    List<RgbImage> images = IntStream.range(0, pixels.extent(0)).mapToObj(this::image).toList();
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return new StoredImages(origin, images, numbers(), names);
  }

  private RgbImage image(int index) {
    int height = pixels.extent(1);
    int width = pixels.extent(2);
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = pixels.values()[index * width * height + i / 3];
    }
    return RgbImage.of(width, height, rgb);
  }

  private int[] numbers() {
    byte[] values = labels.map(IdxArray::values).orElseGet(() -> new byte[0]);
    return IntStream.range(0, values.length).map(i -> values[i] & 0xff).toArray();
  }
}
