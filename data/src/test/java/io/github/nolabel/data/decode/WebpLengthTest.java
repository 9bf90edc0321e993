package io.github.nolabel.data.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.data.BrokenImageException;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** A lossless WebP file whose end is missing would decode to pixels that nobody stored. */
class WebpLengthTest {

  /** Pillow: 8 x 8 of noise, lossless; the last pixel is (151, 17, 251). */
  private static final byte[] FILE =
      Base64.getDecoder()
          .decode(
              "UklGRjIBAABXRUJQVlA4TCYBAAAvB8ABAP/hNgAAsolt21dlz5GeuKd2x47mI44DACCibLt/zwZoh1blFPWtBWyd"
                  + "TTcCABBRtjHZHJuaekVjH+ivjbV3ts35D2K9VeHB7760vSydKcd2N/PabfjQli+vZGfYnezRj9bmQBsXgLCD"
                  + "WGgHXf6UHrB6PV0rz/KegZ0fEcN88Ir78qTwEmprEkCVP350b+tVBz4DxnydBKoAvxiar2T6KaA3Yn/culxu"
                  + "lvnK/JZzL7pP/EcnL2gHU/6lc3bx/f+9qbmdiYHBwh8SSNGdqj7IbgGQYbWVOgC1+/rFHbZUytKmAIBvgEEA"
                  + "AESj2bZt24jof2TGaFU5wK4orDqvNoUPorhi0UlxunuYjjfUSdg00/5fJNTLfN2b33NyAh0BOZQmyAM=");

  @Test
  void everyMissingEndIsNoticed() {
    assertThat(FILE).hasSize(314);
    for (int length = 4; length < FILE.length; length += 10) {
      byte[] cut = Arrays.copyOf(FILE, length);
      assertThatThrownBy(() -> ImageDecoder.decode("a.webp", cut))
          .isInstanceOf(BrokenImageException.class)
          .hasMessageContaining("a.webp");
    }
    assertThatThrownBy(() -> ImageDecoder.decode("a.webp", Arrays.copyOf(FILE, 300)))
        .hasMessage("'a.webp' is cut off: its header says 314 bytes, but there are 300.");
  }

  @Test
  void whatFollowsTheEndDoesNotMatter() {
    byte[] rgb = ImageDecoder.decode("a.webp", FILE).rgb();
    assertThat(rgb).endsWith(151, 17, 251);
    assertThat(ImageDecoder.decode("a.webp", Arrays.copyOf(FILE, 400)).rgb()).isEqualTo(rgb);
  }
}
