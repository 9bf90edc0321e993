package io.github.nolabel.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which captions belong to which images. */
class GalleryTest {

  private static final ImageDataset PETS =
      new Described(List.of(List.of("a cat", "an animal"), List.of("a dog", "an animal")));

  @Test
  void equalTextsAreOneThatBelongsToEveryImageThatHasIt() {
    Gallery gallery = Gallery.of(PETS);
    assertThat(gallery.texts()).containsExactly("a cat", "an animal", "a dog");
    assertThat(gallery.textsOf()).containsExactly(List.of(0, 1), List.of(2, 1));
  }

  @Test
  void aTextIsFamiliarIfOneOfItsWordsWasSeen() {
    Gallery gallery = Gallery.of(PETS);
    assertThat(gallery.familiar(PETS)).isEqualTo(1);
    assertThat(gallery.familiar(words("The CAT!", "dogs"))).isEqualTo(1.0 / 3);
    assertThat(gallery.familiar(words("A-b"))).isEqualTo(2.0 / 3);
    assertThat(gallery.familiar(words("fish"))).isZero();
  }

  private static ImageDataset words(String... captions) {
    return new Described(List.of(List.of(captions)));
  }

  private record Described(List<List<String>> all) implements ImageDataset {

    @Override
    public int size() {
      return all.size();
    }

    @Override
    public RgbImage image(int index) {
      return RgbImage.of(1, 1, new byte[3]);
    }

    @Override
    public OptionalInt label(int index) {
      return OptionalInt.empty();
    }

    @Override
    public List<String> labelNames() {
      return List.of();
    }

    @Override
    public String name(int index) {
      return "image " + index;
    }

    @Override
    public List<String> captions(int index) {
      return all.get(index);
    }
  }
}
