package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Grey images and numbered labels to a data set; grey becomes three equal channels. */
final class IdxImages {

  private IdxImages() {}

  static ImageDataset of(String origin, IdxArray pixels, Optional<IdxArray> labels) {
    int height = pixels.extent(1);
    int width = pixels.extent(2);
    if (pixels.values().length == 0) {
      throw new UserMistake("'%s' holds no images.".formatted(origin));
    }
    List<RgbImage> images =
        IntStream.range(0, pixels.extent(0))
            .mapToObj(i -> grey(pixels.values(), i * width * height, width, height))
            .toList();
    int[] numbers = labels.map(array -> numbers(array.values())).orElseGet(() -> new int[0]);
    int classes = IntStream.of(numbers).max().orElse(-1) + 1;
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return new StoredImages(origin, images, numbers, names);
  }

  private static RgbImage grey(byte[] values, int from, int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = values[from + i / 3];
    }
    return RgbImage.of(width, height, rgb);
  }

  private static int[] numbers(byte[] labels) {
    return IntStream.range(0, labels.length).map(i -> labels[i] & 0xff).toArray();
  }
}
