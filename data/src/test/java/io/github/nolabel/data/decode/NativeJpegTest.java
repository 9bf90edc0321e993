package io.github.nolabel.data.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.data.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativeJpegTest {

  /** Sides around the blocks' 8 and 16 pixels, where readers could differ at the edge. */
  private static final List<int[]> SIZES =
      List.of(
          new int[] {1, 1},
          new int[] {2, 3},
          new int[] {7, 9},
          new int[] {16, 17},
          new int[] {33, 15},
          new int[] {500, 375});

  @ParameterizedTest
  @CsvSource({
    "11, false, 0",
    "11, true, 0",
    "21, false, 0",
    "21, true, 0",
    "22, false, 0",
    "22, true, 0",
    "22, false, 3",
    "21, false, 1"
  })
  void valuesAreThoseOfJavasReader(int luma, boolean progressive, int restart) throws IOException {
    for (int[] size : SIZES) {
      assertSame(JpegFiles.colours(size[0], size[1], luma, progressive, restart));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void greyValuesAreThoseOfJavasReader(boolean progressive) throws IOException {
    for (int[] size : SIZES) {
      assertSame(JpegFiles.grey(size[0], size[1], progressive));
    }
  }

  @Test
  void restartMarkersAndScansAreWhatTheFilesHave() {
    assertThat(count(JpegFiles.colours(64, 64, 22, false, 3), 0xdd)).isPositive();
    assertThat(count(JpegFiles.colours(64, 64, 22, true, 0), 0xda)).isGreaterThan(1);
  }

  /** Chroma that is halved along columns only may be smoothed in two ways; it was not compared. */
  @Test
  void oddKindsAreLeftToJavasReader() {
    byte[] ordinary = JpegFiles.colours(40, 30, 22, false, 0);
    assertThat(ordinary(ordinary)).isTrue();
    assertThat(ordinary(JpegFiles.colours(40, 30, 12, false, 0))).isFalse();
    assertThat(ordinary(Arrays.copyOf(ordinary, ordinary.length - 1))).isFalse();
    assertThat(ordinary(Arrays.copyOf(ordinary, ordinary.length + 1))).isFalse();
    assertThat(ordinary(Arrays.copyOf(ordinary, 30))).isFalse();
  }

  @Test
  void damageIsLeftToJavasReader() {
    byte[] file = JpegFiles.colours(64, 64, 22, false, 2);
    int half = file.length / 2;
    Arrays.fill(file, half, half + 200, (byte) 0xd8);
    assertThat(NativeJpeg.decode(file, 1)).isEmpty();
    assertThat(NativeJpeg.decode(new byte[] {1, 2, 3}, 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void aFractionOfThePictureLooksLikeItsMeans(int divisor) {
    byte[] file = JpegFiles.colours(83, 61, 22, false, 0);
    RgbImage whole = NativeJpeg.decode(file, 1).orElseThrow();
    RgbImage small = NativeJpeg.decode(file, divisor).orElseThrow();
    assertThat(small.width()).isEqualTo((83 + divisor - 1) / divisor);
    assertThat(small.height()).isEqualTo((61 + divisor - 1) / divisor);
    double difference = 0;
    int count = 0;
    for (int y = 0; y < 61 / divisor; y++) {
      for (int x = 0; x < 83 / divisor; x++, count++) {
        int green = small.rgb()[3 * (y * small.width() + x) + 1] & 0xff;
        difference += Math.abs(green - mean(whole, x * divisor, y * divisor, divisor));
      }
    }
    assertThat(difference / count).isLessThan(4);
  }

  @Test
  void threadsDoNotDisturbEachOther() {
    byte[] file = JpegFiles.colours(100, 80, 22, false, 0);
    byte[] rgb = NativeJpeg.decode(file, 1).orElseThrow().rgb();
    assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> NativeJpeg.decode(file, 1)))
        .allMatch(image -> Arrays.equals(image.orElseThrow().rgb(), rgb));
  }

  private static double mean(RgbImage image, int left, int top, int side) {
    double sum = 0;
    for (int y = top; y < top + side; y++) {
      for (int x = left; x < left + side; x++) {
        sum += image.rgb()[3 * (y * image.width() + x) + 1] & 0xff;
      }
    }
    return sum / (side * side);
  }

  private static void assertSame(byte[] file) throws IOException {
    BufferedImage java = ImageIO.read(new ByteArrayInputStream(file));
    RgbImage image = NativeJpeg.decode(file, 1).orElseThrow();
    assertThat(ordinary(file)).isTrue();
    assertThat(image.rgb()).isEqualTo(RgbPixels.of(java).rgb());
    assertThat(image.width()).isEqualTo(java.getWidth());
    assertThat(ImageDecoder.decode("a.jpg", file).rgb()).isEqualTo(image.rgb());
  }

  private static boolean ordinary(byte[] file) {
    return JpegHeader.of(file).filter(JpegHeader::ordinary).isPresent();
  }

  private static long count(byte[] file, int marker) {
    return IntStream.range(1, file.length)
        .filter(i -> (file[i - 1] & 0xff) == 0xff && (file[i] & 0xff) == marker)
        .count();
  }
}
