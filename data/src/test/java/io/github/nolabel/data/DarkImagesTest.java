package io.github.nolabel.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class DarkImagesTest {

  @Test
  void imagesThatUseASixteenthOfTheirRangeAreTold() {
    assertThat(DarkImages.hint(images(100, i -> i < 37 ? 200 : 15)))
        .hasValue(
            "5 of 8 images that were looked at use less than a sixteenth of their range, such as '37.png', and are nearly black to the network. Data of 12 bits in files of 16 look so: multiply the values by 16.");
  }

  @Test
  void aFewBlackOnesAreNot() {
    assertThat(DarkImages.hint(images(100, i -> i < 51 ? 16 : 0))).isEmpty();
    assertThat(DarkImages.hint(images(0, i -> 0))).isEmpty();
  }

  private static ImageDataset images(int size, IntUnaryOperator grey) {
    return new DescribedImages(size, i -> i + ".png", grey, i -> List.of());
  }
}
