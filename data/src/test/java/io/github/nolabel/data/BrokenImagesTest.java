package io.github.nolabel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Preprocessing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Collections of which nothing can be read, or nearly nothing. */
class BrokenImagesTest {

  private static final Preprocessing PLAIN = Preprocessing.standard(1);
  private static final String NEEDED =
      "Whole files of PNG, JPEG, WebP, BMP or GIF are needed: see whether another program opens these.";

  private final List<Integer> asked = new ArrayList<>();

  @Test
  void ifNoneCanBeReadThatIsSaidWithNumbersAndTheFirstReasons() {
    assertThatThrownBy(() -> dataset(5, 5).requireReadable())
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "None of the 5 training images of 'folder:photos' can be read. '0.png' is broken. '1.png' is broken. '2.png' is broken. (2 more.) "
                + NEEDED);
    assertThat(asked).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void nothingIsReadBehindTheFirstThatCanBe() {
    dataset(5, 2).requireReadable();
    assertThat(asked).containsExactly(0, 1, 2);
  }

  @Test
  void ofHeldOutImagesItIsSaidThatTheyAre() {
    assertThatThrownBy(
            () -> dataset(2, 2).heldOut().preprocessed(PLAIN).batches(2).iterator().next())
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "None of the 2 held-out images can be read. '0.png' is broken. '1.png' is broken. "
                + NEEDED);
  }

  @Test
  void aBrokenImageIsReadOnceAndNamed() {
    PreparedImages prepared = PreparedImages.of(images(4, 1), PLAIN);
    for (int round = 0; round < 2; round++) {
      prepared.batches(1).forEach(batch -> assertThat(batch.toFloats()).hasSize(3));
    }
    assertThat(prepared.broken().faults()).containsExactly("'0.png' is broken.");
    assertThat(asked).containsExactly(0, 1, 1, 2, 3, 1, 1, 2, 3);
  }

  private Dataset dataset(int size, int broken) {
    ImageDataset images = images(size, broken);
    return new Dataset(
        "folder:photos",
        images,
        new HeldOut(images, List.of(), List.of()),
        Optional.empty(),
        Optional.empty(),
        "");
  }

  /** Of {@code size} images the first {@code broken} cannot be read. */
  private WrappedImages images(int size, int broken) {
    ImageDataset whole = new DescribedImages(size, i -> i + ".png", i -> i, i -> List.of());
    return new WrappedImages() {
      @Override
      public ImageDataset images() {
        return whole;
      }

      @Override
      public RgbImage image(int index) {
        synchronized (asked) {
          asked.add(index);
        }
        if (index < broken) {
          throw new BrokenImageException("'%d.png' is broken.".formatted(index));
        }
        return whole.image(index);
      }
    };
  }
}
