package io.github.nolabel.data;

import io.github.nolabel.api.UserMistake;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What a source delivers.
 *
 * @param source as the user named it
 * @param training the images to learn from
 * @param heldOut the images, and the questions about them, that tell what was learnt
 * @param labelled to learn classes from, once the network is trained; empty if there are fewer than
 *     two labels
 * @param described images that training has not seen, each with a caption, to be found by words and
 *     to find words; empty if nothing has captions
 * @param fingerprint SHA-256 of the training images and of how they were chosen
 */
public record Dataset(
    String source,
    ImageDataset training,
    HeldOut heldOut,
    Optional<LabelledSplit> labelled,
    Optional<ImageDataset> described,
    String fingerprint) {

  /**
   * The same for a method that reads captions: training images without any are left out, which is
   * said.
   *
   * @param method to name in messages
   * @throws UserMistake if no training image has a caption
   */
  public Dataset withCaptions(String method, Consumer<String> notices) {
    ImageDataset described =
        Captions.described(training)
            .orElseThrow(
                () ->
                    new UserMistake(
                        "%s reads captions, but none of the %,d training images of '%s' has one. Use images with text files of the same name beside them, pairs:TABLE, coco:FILE or packaged."
                            .formatted(method, training.size(), source)));
    int without = training.size() - described.size();
    if (without > 0) {
      notices.accept("%,d training images without a caption are left out.".formatted(without));
    }
    return new Dataset(source, described, heldOut, labelled, this.described, fingerprint);
  }

  /**
   * The same for a method that reads regions: images without any are left out of training, which is
   * said, and of those that are described.
   *
   * @param method to name in messages
   * @throws UserMistake if no training image has any
   */
  public Dataset withRegions(String method, Consumer<String> notices) {
    ImageDataset seen =
        seen(training)
            .orElseThrow(
                () ->
                    new UserMistake(
                        "%s reads region features, but none of the %,d training images of '%s' has any. Put photo.npz, .npy or .safetensors beside photo.jpg, or name their folder: ?regions=FOLDER with folder:, pairs: or coco:."
                            .formatted(method, training.size(), source)));
    int without = training.size() - seen.size();
    if (without > 0) {
      notices.accept(
          "%,d training images without region features are left out.".formatted(without));
    }
    return new Dataset(
        source, seen, heldOut, labelled, described.flatMap(Dataset::seen), fingerprint);
  }

  /**
   * Why nothing can be asked about what was learnt; empty if something is.
   *
   * @return a sentence or two
   */
  public Optional<String> unasked() {
    if (!heldOut.questions().isEmpty()) {
      return Optional.empty();
    }
    long classes = IntStream.range(0, training.size()).flatMap(this::labelOf).distinct().count();
    if (classes < 2) {
      return Optional.of(
          "Nothing in '%s' is labelled, so there is nothing to ask; put the images into one folder per class."
              .formatted(source));
    }
    return Optional.of(
        "Nothing can be held out of '%s': each of its %,d classes has one image only, so there is nothing to ask. Is every folder really a class? For images without classes put all into one folder."
            .formatted(source, classes));
  }

  /**
   * @throws UserMistake if none of the training images can be decoded; no more are read than up to
   *     the first that can
   */
  public void requireReadable() {
    BrokenImages broken = new BrokenImages();
    boolean none =
        IntStream.range(0, training.size())
            .noneMatch(i -> broken.allows(i, () -> training.image(i)));
    if (none) {
      throw broken.none("training images of '%s'".formatted(source));
    }
  }

  /** What is odd about the images without being wrong, in a sentence; a few are read. */
  public Optional<String> hint() {
    return DarkImages.hint(training);
  }

  private IntStream labelOf(int index) {
    return training.label(index).stream();
  }

  private static Optional<ImageDataset> seen(ImageDataset images) {
    int[] seen = IntStream.range(0, images.size()).filter(images::hasRegions).toArray();
    return seen.length == 0 ? Optional.empty() : Optional.of(JoinedImages.choose(images, seen));
  }
}
