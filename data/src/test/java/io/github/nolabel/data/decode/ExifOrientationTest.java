package io.github.nolabel.data.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.data.RgbImage;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExifOrientationTest {

  /** Stored: left half dark, right half bright. Where the bright half is seen tells the turn. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void exifOrientationIsHonoured(int orientation) {
    RgbImage image = ImageDecoder.decode("a", withExif(leftDarkTopRed(), orientation, true));
    assertThat(image.width()).isEqualTo(orientation >= 5 ? 16 : 32);
    assertThat(image.height()).isEqualTo(orientation >= 5 ? 32 : 16);
    assertThat(corners(image)).isEqualTo(expectedCorners(orientation));
    RgbImage bigEndian = ImageDecoder.decode("a", withExif(leftDarkTopRed(), orientation, false));
    assertThat(bigEndian.rgb()).isEqualTo(image.rgb());
  }

  @Test
  void anOddExifBlockCountsAsUpright() {
    byte[] jpeg = withExif(leftDarkTopRed(), 6, true);
    for (int at = 12; at < 12 + 26; at++) {
      byte[] odd = jpeg.clone();
      odd[at] = (byte) 0xee;
      RgbImage image = ImageDecoder.decode("a", odd);
      assertThat(image.width() * image.height()).isEqualTo(32 * 16);
    }
  }

  /** Top left, top right, bottom left, bottom right: R(ed) or B(lue), upper case if bright. */
  private static String corners(RgbImage image) {
    int right = image.width() - 1;
    int bottom = (image.height() - 1) * image.width();
    return ""
        + letter(image, 0)
        + letter(image, right)
        + letter(image, bottom)
        + letter(image, bottom + right);
  }

  private static char letter(RgbImage image, int pixel) {
    int red = image.rgb()[3 * pixel] & 0xff;
    int blue = image.rgb()[3 * pixel + 2] & 0xff;
    boolean bright = Math.max(red, blue) > 180;
    return red > blue ? (bright ? 'R' : 'r') : (bright ? 'B' : 'b');
  }

  /** The stored corners are "rRbB": the standard says which stored row and column come first. */
  private static String expectedCorners(int orientation) {
    return switch (orientation) {
      case 2 -> "RrBb";
      case 3 -> "BbRr";
      case 4 -> "bBrR";
      case 5 -> "rbRB";
      case 6 -> "brBR";
      case 7 -> "BRbr";
      case 8 -> "RBrb";
      default -> "rRbB";
    };
  }

  private static byte[] leftDarkTopRed() {
    BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 32; x++) {
        int value = x < 16 ? 110 : 250;
        image.setRGB(x, y, y < 8 ? value << 16 : value);
      }
    }
    return TestFiles.encode("jpeg", image);
  }

  /** The file with an EXIF block that holds an orientation alone. */
  static byte[] withExif(byte[] jpeg, int orientation, boolean littleEndian) {
    ByteBuffer block = ByteBuffer.allocate(36);
    block.putShort((short) 0xffe1).putShort((short) 34);
    block.put(new byte[] {'E', 'x', 'i', 'f', 0, 0});
    block.order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    block.putShort((short) (littleEndian ? 0x4949 : 0x4d4d)).putShort((short) 42).putInt(8);
    block.putShort((short) 1).putShort((short) 0x112).putShort((short) 3).putInt(1);
    block.putShort((short) orientation).putShort((short) 0).putInt(0);
    return ByteBuffer.allocate(jpeg.length + 36)
        .put(jpeg, 0, 2)
        .put(block.array())
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }
}
