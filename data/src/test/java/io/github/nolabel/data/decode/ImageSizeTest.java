package io.github.nolabel.data.decode;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.data.BrokenImageException;
import org.junit.jupiter.api.Test;

class ImageSizeTest {

  private static final long TWO_GIGABYTES = 2L << 30;

  @Test
  void anImageThatDoesNotFitIntoMemoryIsBrokenAndTheCureNamed() {
    assertThatThrownBy(() -> ImageSize.check("a.png", 14_100, 14_100, TWO_GIGABYTES))
        .isInstanceOf(BrokenImageException.class)
        .hasMessage(
            "'a.png' has 14100 x 14100 pixels, which need 1,137 MB of memory while they are"
                + " decoded; with 2,048 MB in all an image may take 682 MB. Give Java more, such as"
                + " JAVA_OPTS=-Xmx4g, or make the image smaller.");
  }

  @Test
  void theCureCures() {
    assertThatCode(() -> ImageSize.check("a.png", 14_100, 14_100, 4L << 30))
        .doesNotThrowAnyException();
    assertThatCode(() -> ImageSize.check("camera.jpg", 9_000, 6_000, TWO_GIGABYTES))
        .doesNotThrowAnyException();
  }

  @Test
  void whatIsClaimedIsBoundedWhateverMemoryThereIs() {
    assertThatThrownBy(() -> ImageSize.check("a.png", 60_000, 60_000, Long.MAX_VALUE))
        .hasMessage(
            "'a.png' claims 60000 x 60000 pixels; images up to 200 million pixels are decoded.");
    assertThatThrownBy(() -> ImageSize.check("a.png", Integer.MAX_VALUE, 1, Long.MAX_VALUE))
        .isInstanceOf(BrokenImageException.class);
  }
}
