package io.github.nolabel.data.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.data.RgbImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReducedTurnsTest {

  private static final Preprocessing PLAIN =
      new Preprocessing(16, 1, new Normalisation(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));

  /**
   * 250 x 190 pixels are 32 x 24 at an eighth, of which the last column covers 2 and the last row
   * 6. Had it been forgotten where they come to lie, views would differ by 8 levels and more.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aReducedPictureIsCutWhereTheWholeOneIs(int orientation) {
    byte[] upright = JpegFiles.colours(250, 190, 22, false, 0);
    byte[] file = ExifOrientationTest.withExif(upright, orientation, true);
    RgbImage whole = ImageDecoder.decode("a.jpg", file);
    RgbImage reduced = ImageDecoder.decode("a.jpg", file, (width, height) -> 8);
    assertThat(reduced.scale().divisor()).isEqualTo(8);
    assertThat(reduced.scale().width()).isEqualTo(whole.width());
    assertThat(reduced.scale().height()).isEqualTo(whole.height());
    float[] expected = PreparedImages.one("a.jpg", whole, PLAIN).toFloats();
    float[] actual = PreparedImages.one("a.jpg", reduced, PLAIN).toFloats();
    assertThat(
            IntStream.range(0, expected.length)
                .mapToDouble(i -> Math.abs(expected[i] - actual[i]))
                .average()
                .orElseThrow())
        .isLessThan(2 / 255.0);
  }
}
