package io.github.nolabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfPrecisionTest {

  /** By numpy 2.4: {@code np.float16(np.float32(x)).view(np.uint16)}, but for the last two rows. */
  @ParameterizedTest
  @CsvSource({
    "0, 0x0000",
    "-0.0, 0x8000",
    "1, 0x3C00",
    "-2, 0xC000",
    "0.1, 0x2E66",
    "1.00048828125, 0x3C00",
    "1.00146484375, 0x3C02",
    "65504, 0x7BFF",
    "1.9999, 0x4000",
    "6.103515625e-5, 0x0400",
    "6.1e-5, 0x03FF",
    "1e-5, 0x00A8",
    "NaN, 0x7E00",
    "1e6, 0x7BFF",
    "-1e-12, 0x8001",
  })
  void numbersAreRoundedToTheNearestHalf(float value, String bits) {
    assertThat(HalfPrecision.rounded(value) & 0xFFFF).isEqualTo(Integer.decode(bits));
  }
}
