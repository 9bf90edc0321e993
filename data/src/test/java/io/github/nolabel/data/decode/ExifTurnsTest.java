package io.github.nolabel.data.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.data.RgbImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where EXIF may be and how it may be written; orientation 6 makes a wide image tall. */
class ExifTurnsTest {

  private static final short SHORT = 3;
  private static final short LONG = 4;
  private static final byte[] JPEG = TestFiles.flat("jpeg", 32, 16, 0xC86432);
  private static final byte[] PNG = TestFiles.flat("png", 32, 16, 0xC86432);

  /** Pillow: 4 x 2, lossless; the chunk alone, without the file's header. */
  private static final byte[] WEBP_PIXELS =
      Base64.getDecoder().decode("VlA4TBIAAAAvA0AAAA8Q87//8x8O5iGi/xE=");

  @ParameterizedTest
  @ValueSource(shorts = {SHORT, LONG})
  void bothTypesInBothByteOrders(short type) {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      assertThat(isTurned(jpeg(tiff(order, type, 6), 0))).as("%s", order).isTrue();
      assertThat(isTurned(jpeg(tiff(order, type, 1), 0))).as("%s", order).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16})
  void fillBytesMayPrecedeTheSegmentOfAJpeg(int fill) {
    assertThat(isTurned(jpeg(turned(), fill))).isTrue();
  }

  @Test
  void pngIsTurnedByItsChunk() {
    assertThat(isTurned(png(turned(), 33))).isTrue();
    assertThat(isTurned(png(prefixed(turned()), 33))).isTrue();
    assertThat(isTurned(png(turned(), PNG.length - 12))).as("after the pixels").isTrue();
  }

  @Test
  void webpIsTurnedByItsChunk() {
    assertThat(isTurned(webp(turned()))).isTrue();
    assertThat(isTurned(webp(prefixed(turned())))).isTrue();
    assertThat(isTurned(webp(tiff(ByteOrder.BIG_ENDIAN, SHORT, 1)))).isFalse();
  }

  @Test
  void theThumbnailsOrientationIsNone() {
    byte[] tiff = turned();
    byte[] both = Arrays.copyOf(tiff, tiff.length + 18);
    System.arraycopy(tiff, 8, both, tiff.length, 18);
    ByteBuffer.wrap(both).putShort(10, (short) 0x100).putInt(22, tiff.length);
    assertThat(isTurned(png(both, 33))).isFalse();
  }

  /** Every byte in turn set to several values, and every length that lacks the orientation. */
  @Test
  void damageNeverThrows() {
    byte[] tiff = turned();
    for (int at = 0; at < tiff.length; at++) {
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
        byte[] odd = tiff.clone();
        odd[at] = (byte) value;
        assertThat(ExifOrientation.of(ImageFormat.PNG, png(odd, 33))).isBetween(1, 8);
        assertThat(ExifOrientation.of(ImageFormat.JPEG, jpeg(odd, 0))).isBetween(1, 8);
        assertThat(ExifOrientation.of(ImageFormat.WEBP, webp(odd))).isBetween(1, 8);
      }
    }
    for (int length = 0; length < 20; length++) {
      assertThat(isTurned(png(Arrays.copyOf(tiff, length), 33))).isFalse();
      assertThat(isTurned(webp(Arrays.copyOf(tiff, length)))).isFalse();
    }
  }

  @Test
  void damagedContainersHaveNoExif() {
    byte[] png = png(turned(), 33);
    ByteBuffer.wrap(png).putInt(33, -1);
    assertThat(ExifOrientation.of(ImageFormat.PNG, png)).isEqualTo(1);
    byte[] webp = webp(turned());
    ByteBuffer.wrap(webp).putInt(16, -1);
    assertThat(ExifOrientation.of(ImageFormat.WEBP, webp)).isEqualTo(1);
    for (ImageFormat format : ImageFormat.values()) {
      assertThat(ExifOrientation.of(format, new byte[0])).isEqualTo(1);
    }
  }

  private static boolean isTurned(byte[] file) {
    RgbImage image = ImageDecoder.decode("a", file);
    return image.height() > image.width();
  }

  private static byte[] turned() {
    return tiff(ByteOrder.BIG_ENDIAN, SHORT, 6);
  }

  private static byte[] tiff(ByteOrder order, short type, int orientation) {
    ByteBuffer tiff = ByteBuffer.allocate(26).order(order);
    tiff.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949));
    tiff.putShort((short) 42).putInt(8).putShort((short) 1);
    tiff.putShort((short) 0x112).putShort(type).putInt(1);
    if (type == LONG) {
      return tiff.putInt(orientation).array();
    }
    return tiff.putShort((short) orientation).array();
  }

  private static byte[] prefixed(byte[] tiff) {
    return ByteBuffer.allocate(6 + tiff.length).put(ascii("Exif\0\0")).put(tiff).array();
  }

  private static byte[] jpeg(byte[] tiff, int fill) {
    byte[] fillBytes = new byte[fill];
    Arrays.fill(fillBytes, (byte) 0xff);
    ByteBuffer file = ByteBuffer.allocate(JPEG.length + fill + 10 + tiff.length);
    file.put(JPEG, 0, 2).put(fillBytes);
    file.putShort((short) 0xffe1).putShort((short) (8 + tiff.length)).put(prefixed(tiff));
    return file.put(JPEG, 2, JPEG.length - 2).array();
  }

  private static byte[] png(byte[] exif, int at) {
    byte[] chunk = ByteBuffer.allocate(4 + exif.length).put(ascii("eXIf")).put(exif).array();
    CRC32 sum = new CRC32();
    sum.update(chunk);
    ByteBuffer file = ByteBuffer.allocate(PNG.length + 12 + exif.length);
    file.put(PNG, 0, at).putInt(exif.length).put(chunk).putInt((int) sum.getValue());
    return file.put(PNG, at, PNG.length - at).array();
  }

  /** An odd chunk before the EXIF chunk, whose padding is to be skipped. */
  private static byte[] webp(byte[] exif) {
    int padding = exif.length % 2;
    int size = 4 + 18 + WEBP_PIXELS.length + 10 + 8 + exif.length + padding;
    ByteBuffer file = ByteBuffer.allocate(8 + size).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(size).put(ascii("WEBP"));
    file.put(ascii("VP8X")).putInt(10).putInt(0x08);
    file.put(new byte[] {3, 0, 0, 1, 0, 0}).put(WEBP_PIXELS);
    file.put(ascii("XXXX")).putInt(1).putShort((short) 0);
    return file.put(ascii("EXIF")).putInt(exif.length).put(exif).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
