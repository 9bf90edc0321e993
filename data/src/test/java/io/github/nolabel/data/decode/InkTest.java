package io.github.nolabel.data.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.data.RgbImage;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** JPEG in four inks: what Pillow 12.3 shows of the same files, value by value. */
class InkTest {

  private static final int TRANSFORM = 17;

  /**
   * Pillow: 16 x 8, the left half (25, 225, 215, 0) of 255, the right (40, 90, 10, 70), quality
   * 100; stored inverted, as Adobe does, with its marker first.
   */
  private static final byte[] FILE =
      Base64.getDecoder()
          .decode(
              "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"
                  + "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB/8AAFAgACAAQBEMRAE0RAFkRAEsRAP/EABYAAQEBAAAA"
                  + "AAAAAAAAAAAAAAoLB//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAOBEMATQBZAEsAAD8AZgHeJ+fwwdQ4"
                  + "WaBz3//Z");

  @Test
  void cmykIsShownAsPillowShowsIt() {
    assertThat(halves(FILE)).isEqualTo("E61E28 9C78B2");
  }

  @Test
  void ycckIsShownAsPillowShowsIt() {
    byte[] file = FILE.clone();
    file[TRANSFORM] = 2;
    assertThat(halves(file)).isEqualTo("9400C7 006300");
  }

  @Test
  void withoutAdobesMarkerItIsCmykAllTheSame() {
    byte[] file = new byte[FILE.length - 16];
    ByteBuffer.wrap(file).put(FILE, 0, 2).put(FILE, 18, FILE.length - 18);
    assertThat(halves(file)).isEqualTo("E61E28 9C78B2");
  }

  private static String halves(byte[] file) {
    RgbImage image = ImageDecoder.decode("print.jpg", file);
    assertThat(image.width()).isEqualTo(16);
    return colour(image.rgb(), 0) + " " + colour(image.rgb(), 16 * 8 - 1);
  }

  private static String colour(byte[] rgb, int pixel) {
    return "%02X%02X%02X".formatted(rgb[3 * pixel], rgb[3 * pixel + 1], rgb[3 * pixel + 2]);
  }
}
