package io.github.nolabel.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Images that use a sixteenth of their range: 12 bits in a file of 16, most likely. */
final class DarkImages {

  private static final int LOOKED_AT = 8;

  /** A sixteenth of 256 values. */
  private static final int DARK = 16;

  private DarkImages() {}

  /** A sentence if more than half of a few images, spread evenly over all, are so dark. */
  static Optional<String> hint(ImageDataset images) {
    int count = Math.min(LOOKED_AT, images.size());
    List<Integer> dark =
        IntStream.range(0, count)
            .map(i -> (int) ((long) i * images.size() / count))
            .filter(index -> isDark(images, index))
            .boxed()
            .toList();
    return 2 * dark.size() > count
        ? Optional.of(sentence(dark.size(), count, images.name(dark.get(0))))
        : Optional.empty();
  }

  private static boolean isDark(ImageDataset images, int index) {
    try {
      for (byte value : images.image(index).rgb()) {
        if ((value & 0xff) >= DARK) {
          return false;
        }
      }
      return true;
    } catch (BrokenImageException broken) {
      return false;
    }
  }

  private static String sentence(int dark, int count, String example) {
    return "%d of %d images that were looked at use less than a sixteenth of their range, such as '%s', and are nearly black to the network. Data of 12 bits in files of 16 look so: multiply the values by 16."
        .formatted(dark, count, example);
  }
}
