package io.github.nolabel.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which captions belong to which images. */
class GalleryTest {

  private static final ImageDataset PETS =
      described(List.of(List.of("a cat", "an animal"), List.of("a dog", "an animal")));

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
    return described(List.of(List.of(captions)));
  }

  private static ImageDataset described(List<List<String>> captions) {
    return new DescribedImages("image ", captions.size(), captions::get);
  }
}
