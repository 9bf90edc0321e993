package io.github.nolabel.data.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.RgbImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that lie, that are damaged where it does not matter, or that lead readers astray. */
class OddImagesTest {

  /** Two pixels, (230, 30, 40) and (20, 60, 220), lossless. */
  private static final byte[] WEBP =
      Base64.getDecoder().decode("UklGRiAAAABXRUJQVlA4TBQAAAAvAQAAAA9Qj7uYH4V2/qNCBSL6Hw==");

  /** libwebp 1.6, quality 25, of a smooth picture of 96 x 96 pixels. */
  private static final byte[] LOSSY =
      Base64.getDecoder()
          .decode(
              "UklGRp4BAABXRUJQVlA4IJIBAADwCgCdASpgAGAAPxF4rFG/uykitHm9i/AiCWgGcAuq+TSc/b8y"
                  + "QNSHbDa2xGmY0cgO/ow7L6hec8gI/hwNpR6l1mnD3ad9bxV6JBVYeno+CJqjAsIcC3mVw9XaV6fd"
                  + "HgAA/u25/Gxkx6rEl1ggbGVH7n+ZyLd0cpr59Md0HRVbwwffKvylfg0s0xTEFmNgzrf0dMUZ2Fdj"
                  + "KvrqONClPe+pf4OwBfNx5ve+t1MGGkQW34tZxaG/RjLon92aQH7yP2H539ffEg2wyfQ706p8Pexa"
                  + "9ziORvKTpDtd78U3yk6ozd/+sbqG4Tga+C4xjz1O4PvuyJPjUUzB1Ffz7bcI8rS4J5VaBFBfKCvJ"
                  + "FnAdB9Q6A782eUwxwA3Qxt5UZ1N570ezhX7GAFP3zttp8XF6ZKIuTYbOHK2HzvBBy4G+ZmH9T0BN"
                  + "y6VktkQajOj7a5lrLIBS9Jro9FrsMk9tDx+ec7PlrlaAwkny3xn8UcfWC6VbL2xI4DH3mOvoGkJJ"
                  + "Zu3QLyauCKAGgsJiRfNA210IFTQAAAA=");

  /** Means of 24 x 24 pixels as libwebp's dwebp decodes it. */
  private static final int[] LOSSY_MEANS = {
    161, 219, 183, 159, 230, 183, 44, 205, 203, 139, 206, 35, 68, 71, 198, 168, 172, 160, 35, 141,
    103, 83, 223, 127, 103, 25, 106, 138, 114, 86, 46, 92, 198, 30, 174, 228, 18, 99, 180, 22, 130,
    33, 42, 75, 124, 105, 47, 114
  };

  /** 2 x 1 pixels, red and yellow, the second and last of two colours, none of them transparent. */
  private static final byte[] GIF =
      bytes(
          "474946383961 0200 0100 80 00 00 ff0000 ffff00 21f904 01 0000 03 00"
              + " 2c 0000 0000 0200 0100 00 02 02 440a 00 3b");

  @Test
  void lossyWebpHasItsColoursAtLowQualityToo() {
    RgbImage image = ImageDecoder.decode("a.webp", LOSSY);
    for (int i = 0; i < LOSSY_MEANS.length; i++) {
      double mean = mean(image, i / 3 % 4 * 24, i / 12 * 24, i % 3);
      assertThat(mean).as("mean %d", i).isCloseTo(LOSSY_MEANS[i], within(3.0));
    }
  }

  private static double mean(RgbImage image, int left, int top, int channel) {
    double sum = 0;
    for (int y = top; y < top + 24; y++) {
      for (int x = left; x < left + 24; x++) {
        sum += image.rgb()[3 * (y * image.width() + x) + channel] & 0xff;
      }
    }
    return sum / (24 * 24);
  }

  @Test
  void aTransparentColourBeyondTheGifsPaletteIsNone() {
    assertThat(ImageDecoder.decode("a.gif", GIF).rgb()).containsExactly(255, 0, 0, 255, 255, 0);
    byte[] second = GIF.clone();
    second[25] = 1;
    assertThat(ImageDecoder.decode("a.gif", second).rgb()).endsWith(255, 255, 255);
  }

  @Test
  void theFirstPictureOfAnAnimatedWebpLiesOnItsCanvas() {
    byte[] animated =
        riff(
            chunk("VP8X", bytes("02000000 030000 020000")),
            chunk("ANIM", bytes("00000000 0000")),
            chunk(
                "ANMF",
                join(
                    bytes("010000 010000 010000 000000 640000 00"),
                    Arrays.copyOfRange(WEBP, 12, WEBP.length))));
    RgbImage image = ImageDecoder.decode("a.webp", animated);
    assertThat(image.width()).isEqualTo(4);
    assertThat(image.height()).isEqualTo(3);
    assertThat(image.rgb()).startsWith(255, 255, 255).endsWith(230, 30, 40, 20, 60, 220);
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "8, 1"})
  void onlyTheFlagOfAWebpFileMakesItsExifBlockCount(int flags, int width) {
    byte[] file =
        riff(
            chunk("VP8X", join(new byte[] {(byte) flags}, bytes("000000 010000 000000"))),
            Arrays.copyOfRange(WEBP, 12, WEBP.length),
            chunk("EXIF", turned()));
    assertThat(ImageDecoder.decode("a.webp", file).width()).isEqualTo(width);
  }

  @Test
  void anExifBlockBehindTheEndOfAPngFileIsNoPartOfIt() {
    byte[] png = TestFiles.flat("png", 2, 1, 0x102030);
    byte[] exif = pngChunk("eXIf", turned());
    byte[] behind = join(png, exif);
    int end = png.length - 12;
    byte[] within = join(Arrays.copyOf(png, end), exif, Arrays.copyOfRange(png, end, png.length));
    assertThat(ImageDecoder.decode("a.png", behind).width()).isEqualTo(2);
    assertThat(ImageDecoder.decode("a.png", within).width()).isEqualTo(1);
  }

  /** One part of three, and one that claims to be of CIE Lab. */
  @ParameterizedTest
  @CsvSource({"2, 3, RGB", "1, 1, Lab"})
  void aProfileOfAJpegFileIsIgnoredWhateverItIs(int part, int parts, String space) {
    byte[] jpeg = TestFiles.flat("jpeg", 8, 8, 0x204060);
    ByteBuffer profile = ByteBuffer.allocate(132);
    profile
        .putInt(132)
        .putInt(0)
        .putInt(0x02100000)
        .put("mntr".getBytes(StandardCharsets.US_ASCII));
    profile.put("%-4sXYZ ".formatted(space).getBytes(StandardCharsets.US_ASCII));
    profile.position(36).put("acsp".getBytes(StandardCharsets.US_ASCII));
    byte[] content =
        join(
            "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII),
            new byte[] {(byte) part, (byte) parts},
            profile.array());
    byte[] head = {(byte) 0xff, (byte) 0xe2, 0, (byte) (content.length + 2)};
    byte[] file =
        join(Arrays.copyOf(jpeg, 2), head, content, Arrays.copyOfRange(jpeg, 2, jpeg.length));
    assertThat(ImageDecoder.decode("a.jpg", file).rgb())
        .isEqualTo(ImageDecoder.decode("a.jpg", jpeg).rgb());
  }

  @Test
  void aRunLengthEncodedBmpFileThatLacksItsEndIsBroken() {
    byte[] pixels = bytes("0201 0000 0200 0000 0001");
    ByteBuffer file = ByteBuffer.allocate(62 + pixels.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putShort((short) 0x4d42).putInt(file.capacity()).putInt(0).putInt(62);
    file.putInt(40).putInt(2).putInt(2).putShort((short) 1).putShort((short) 8).putInt(1);
    file.putInt(pixels.length).putLong(0).putInt(2).putInt(0).putInt(0x0000ff).putInt(0xff0000);
    file.put(pixels);
    assertThat(ImageDecoder.decode("a.bmp", file.array()).rgb()).startsWith(0, 0, 255);
    byte[] cut = Arrays.copyOf(file.array(), file.capacity() - 6);
    assertThatThrownBy(() -> ImageDecoder.decode("a.bmp", cut))
        .isInstanceOf(BrokenImageException.class)
        .hasMessage("'a.bmp' is cut off: its header says 72 bytes, but there are 66.");
  }

  /** EXIF that says: turn clockwise. */
  private static byte[] turned() {
    return bytes("4d4d002a 00000008 0001 0112 0003 00000001 0006 0000 00000000");
  }

  private static byte[] riff(byte[]... chunks) {
    byte[] content = join("WEBP".getBytes(StandardCharsets.US_ASCII), join(chunks));
    return join("RIFF".getBytes(StandardCharsets.US_ASCII), little(content.length), content);
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    return join(name, little(content.length), content, new byte[content.length % 2]);
  }

  private static byte[] pngChunk(String type, byte[] content) {
    byte[] checked = join(type.getBytes(StandardCharsets.US_ASCII), content);
    CRC32 sum = new CRC32();
    sum.update(checked);
    ByteBuffer chunk = ByteBuffer.allocate(8 + checked.length).putInt(content.length).put(checked);
    return chunk.putInt((int) sum.getValue()).array();
  }

  private static byte[] little(int number) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  private static byte[] bytes(String hex) {
    return java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
