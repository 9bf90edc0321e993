package io.github.nolabel.data.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.RgbImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A GIF or an animated WebP is as large as its screen, wherever on it the first picture lies. */
class ScreenTest {

  private static final int SCREEN = 6;
  private static final int PLACE = 26;

  /** Pillow: 2 x 1, (230, 30, 40) and (20, 60, 220). */
  private static final byte[] FILE =
      Base64.getDecoder().decode("R0lGODdhAgABAIEAAOYeKBQ83AAAAAAAACwAAAAAAgABAAAIBQABBAgIADs=");

  @Test
  void whatThePictureLeavesOfTheScreenIsWhite() {
    RgbImage image = ImageDecoder.decode("a.gif", gif(4, 3, 1, 2));
    assertThat(image.width()).isEqualTo(4);
    assertThat(image.height()).isEqualTo(3);
    byte[] rgb = image.rgb();
    assertThat(IntStream.range(0, 27)).allMatch(i -> rgb[i] == (byte) 0xff);
    assertThat(rgb).endsWith(255, 255, 255, 230, 30, 40, 20, 60, 220, 255, 255, 255);
  }

  @Test
  void aPictureThatCoversItsScreenIsTheImage() {
    assertThat(ImageDecoder.decode("a.gif", FILE).rgb())
        .isEqualTo(new byte[] {(byte) 230, 30, 40, 20, 60, (byte) 220});
  }

  @Test
  void aScreenTooSmallForThePictureGrows() {
    RgbImage image = ImageDecoder.decode("a.gif", gif(1, 1, 0, 0));
    assertThat(image.rgb()).isEqualTo(ImageDecoder.decode("a.gif", FILE).rgb());
  }

  @Test
  void aScreenThatClaimsTooMuchIsRefused() {
    assertThatThrownBy(() -> ImageDecoder.decode("a.gif", gif(65_535, 65_535, 0, 0)))
        .isInstanceOf(BrokenImageException.class)
        .hasMessageContaining("'a.gif' claims 65535 x 65535 pixels");
  }

  private static byte[] gif(int width, int height, int left, int top) {
    ByteBuffer file = ByteBuffer.wrap(FILE.clone()).order(ByteOrder.LITTLE_ENDIAN);
    file.putShort(SCREEN, (short) width).putShort(SCREEN + 2, (short) height);
    file.putShort(PLACE, (short) left).putShort(PLACE + 2, (short) top);
    return file.array();
  }
}
