package io.github.nolabel.data.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.RgbImage;
import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

  /** Pillow: 4 x 2, the upper row (255, 0, 0), the lower (0, 0, 255); lossless. */
  private static final String WEBP = "UklGRh4AAABXRUJQVlA4TBIAAAAvA0AAAA8Q87//8x8O5iGi/xE=";

  /** Pillow: 16 x 16 of (200, 100, 50), quality 90. */
  private static final String LOSSY_WEBP =
      "UklGRj4AAABXRUJQVlA4IDIAAADQAQCdASoQABAAAMASJaACdLoB+AADsAD+2ib/7vN+09e09f1M//jK"
          + "nyA/4yp/xcwAAA==";

  /** Pillow: 16 x 8, CMYK, the left half (0, 255, 255, 0), the right (255, 0, 0, 0), quality 30. */
  private static final String CMYK =
      "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAbEhQXFBEbFxYXHhwbIChCKyglJShROj0wQmBVZWRfVV1baniZ"
          + "gWpxkHNbXYW1hpCeo6utq2eAvMm6pseZqKuk/8AAFAgACAAQBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEB"
          + "AQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQci"
          + "cRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVm"
          + "Z2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV"
          + "1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwDpq5muZrpq8zr0yvTKK//Z";

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif"})
  void losslessFormatsKeepEveryValue(String format) {
    RgbImage image = ImageDecoder.decode("a", TestFiles.flat(format, 5, 3, 0x12AB34));
    assertThat(image.width()).isEqualTo(5);
    assertThat(image.height()).isEqualTo(3);
    for (int pixel = 0; pixel < 15; pixel++) {
      assertThat(rgb(image, pixel)).isEqualTo(0x12AB34);
    }
  }

  @Test
  void jpegIsClose() {
    assertNear(ImageDecoder.decode("a", TestFiles.flat("jpeg", 16, 16, 0xC86432)), 0xC86432, 3);
  }

  @Test
  void webpIsRead() {
    RgbImage image = ImageDecoder.decode("a", bytes(WEBP));
    assertThat(image.width()).isEqualTo(4);
    assertThat(rgb(image, 0)).isEqualTo(0xFF0000);
    assertThat(rgb(image, 7)).isEqualTo(0x0000FF);
    assertNear(ImageDecoder.decode("a", bytes(LOSSY_WEBP)), 0xC86432, 6);
  }

  /** Java alone would take 100 for linear light and make it 168. */
  @Test
  void greyKeepsItsValues() {
    BufferedImage grey = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(1, 0, 0, 100);
    RgbImage image = ImageDecoder.decode("a", TestFiles.encode("png", grey));
    assertThat(rgb(image, 0)).isZero();
    assertThat(rgb(image, 1)).isEqualTo(0x646464);
  }

  @Test
  void sixteenBitsBecomeEight() {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setSample(0, 0, 0, 0x8042);
    grey.getRaster().setSample(1, 0, 0, 0xffff);
    RgbImage image = ImageDecoder.decode("a", TestFiles.encode("png", grey));
    assertThat(rgb(image, 0)).isEqualTo(0x7f7f7f);
    assertThat(rgb(image, 1)).isEqualTo(0xffffff);
    RgbImage colour = ImageDecoder.decode("a", TestFiles.encode("png", sixteenBitRed()));
    assertThat(rgb(colour, 0)).isEqualTo(0xFF0000);
  }

  @Test
  void blackAndWhiteAndPalettesAreResolved() {
    BufferedImage bits = new BufferedImage(9, 1, BufferedImage.TYPE_BYTE_BINARY);
    bits.setRGB(8, 0, 0xFFFFFFFF);
    RgbImage image = ImageDecoder.decode("a", TestFiles.encode("png", bits));
    assertThat(rgb(image, 0)).isZero();
    assertThat(rgb(image, 8)).isEqualTo(0xFFFFFF);
    BufferedImage palette = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
    palette.setRGB(0, 0, 0xFF00FF00);
    assertThat(rgb(ImageDecoder.decode("a", TestFiles.encode("png", palette)), 0))
        .isEqualTo(0x00FF00);
  }

  /** Black at half cover on white is grey; without cover it is white. */
  @Test
  void transparencyIsLaidOnWhite() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00000000);
    image.setRGB(1, 0, 0x80000000);
    image.setRGB(2, 0, 0xFF102030);
    RgbImage decoded = ImageDecoder.decode("a", TestFiles.encode("png", image));
    assertThat(rgb(decoded, 0)).isEqualTo(0xFFFFFF);
    assertThat(rgb(decoded, 1)).isEqualTo(0x7F7F7F);
    assertThat(rgb(decoded, 2)).isEqualTo(0x102030);
  }

  @Test
  void noImageIsNamedWithItsFirstBytes() {
    assertBroken("notes.png", "hello".getBytes(StandardCharsets.UTF_8))
        .hasMessage(
            "'notes.png' is no PNG, JPEG, WebP, BMP or GIF image: it starts with 68 65 6c 6c.");
    assertBroken("empty.jpg", new byte[0]).hasMessageContaining("nothing, it is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
  void aFileThatIsCutOffIsBroken(String format) {
    byte[] whole = TestFiles.encode(format, noise());
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    assertBroken("half." + format, half).hasMessageContaining("half." + format);
  }

  @Test
  void aBombIsRefusedBeforeItIsDecoded() {
    byte[] png = TestFiles.png(0);
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, 60_000).putInt(20, 60_000);
    CRC32 sum = new CRC32();
    sum.update(png, 12, 17);
    header.putInt(29, (int) sum.getValue());
    assertBroken("bomb.png", png)
        .hasMessage(
            "'bomb.png' claims 60000 x 60000 pixels; images up to 200 million pixels are decoded.");
  }

  @Test
  void cmykBecomesRgb() {
    RgbImage image = ImageDecoder.decode("print.jpg", bytes(CMYK));
    assertThat(rgb(image, 1)).isEqualTo(0xFF0000);
    assertThat(rgb(image, 14)).isEqualTo(0x00FFFF);
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertBroken(
      String name, byte[] file) {
    return assertThatThrownBy(() -> ImageDecoder.decode(name, file))
        .isInstanceOf(BrokenImageException.class);
  }

  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt(0x1000000));
    }
    return image;
  }

  private static BufferedImage sixteenBitRed() {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            java.awt.Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 1, 1, 3, new Point());
    raster.setPixel(0, 0, new int[] {0xffff, 0x00ff, 0x0001});
    return new BufferedImage(model, raster, false, null);
  }

  private static void assertNear(RgbImage image, int colour, int tolerance) {
    for (int i = 0; i < image.rgb().length; i++) {
      int expected = (colour >> (16 - 8 * (i % 3))) & 0xff;
      assertThat(Math.abs((image.rgb()[i] & 0xff) - expected)).isLessThanOrEqualTo(tolerance);
    }
  }

  private static int rgb(RgbImage image, int pixel) {
    byte[] rgb = image.rgb();
    return (rgb[3 * pixel] & 0xff) << 16
        | (rgb[3 * pixel + 1] & 0xff) << 8
        | (rgb[3 * pixel + 2] & 0xff);
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
