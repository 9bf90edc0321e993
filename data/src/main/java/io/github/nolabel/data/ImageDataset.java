package io.github.nolabel.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Images by index, some perhaps with labels. Safe for many readers at once. */
public interface ImageDataset {

  int size();

  /**
   * @throws BrokenImageException if this one image cannot be decoded
   */
  RgbImage image(int index);

  /**
   * The image, perhaps at a fraction of its size: always the same for the same divisor.
   *
   * @throws BrokenImageException if this one image cannot be decoded
   */
  default RgbImage image(int index, Reduction reduction) {
    return image(index);
  }

  /**
   * What to throw where one of these images turned out to be broken: {@code found} itself, after
   * which another image takes its place, or the reason to end the run.
   */
  default RuntimeException broken(BrokenImageException found) {
    return found;
  }

  /** An index into {@link #labelNames()}; empty if nobody said what it is. */
  OptionalInt label(int index);

  List<String> labelNames();

  /** What to call the image in messages: its file, or where it stands in one. */
  String name(int index);

  /** What the image shows, in words: any number of texts, none of them blank. */
  default List<String> captions(int index) {
    return List.of();
  }

  /**
   * What a detector found in the image; empty if nobody looked.
   *
   * @throws io.github.nolabel.api.UserMistake if what it wrote cannot be used
   */
  default Optional<Regions> regions(int index) {
    return Optional.empty();
  }

  /** Whether a detector looked at the image; what it found is not read. */
  default boolean hasRegions(int index) {
    return regions(index).isPresent();
  }

  /**
   * Which of all images are known to be the same picture as one of these: by their name, or by
   * their content where that is cheap to tell. These themselves are among them.
   *
   * @return indices in ascending order
   */
  default int[] copiesOf(int... indices) {
    Set<String> names = IntStream.of(indices).mapToObj(this::name).collect(Collectors.toSet());
    return IntStream.range(0, size()).filter(i -> names.contains(name(i))).toArray();
  }
}
