package io.github.nolabel.runtime.kernels.convolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.KernelMemory;
import io.github.nolabel.runtime.kernels.node.Window;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was measured is what is chosen. */
class ColumnsTest {

  @ParameterizedTest
  @CsvSource({
    "512, 96, 8, 192, 2, true",
    "512, 48, 16, 96, 2, true",
    "32, 256, 8, 512, 2, true",
    "64, 512, 6, 512, 2, true",
    "32, 64, 32, 128, 2, true",
    "32, 64, 64, 128, 2, false",
    "256, 32, 16, 64, 2, false",
    "32, 256, 8, 256, 1, false"
  })
  void narrowResultsOfStridesPay(long n, long from, long size, long to, long stride, boolean pay) {
    Window window =
        new Window(List.of(stride, stride), List.of(1L, 1L, 1L, 1L), List.of(1L, 1L), 1);
    ConvolutionShape shape =
        new ConvolutionShape(
            List.of(n, from, size, size), List.of(to, from, 3L, 3L), window, false);
    assertThat(Columns.pay(shape, place(Arithmetic.FP32))).isEqualTo(pay);
    assertThat(Columns.pay(shape, place(Arithmetic.BF16)))
        .isEqualTo(
            pay && size <= 16 && from * to * 9 <= 1 << 18 && !Arithmetic.BF16.isOfMatrices());
  }

  private static Workplace place(Arithmetic arithmetic) {
    return new Workplace(new KernelMemory(), 2, arithmetic, MapLayout.maps(arithmetic), true);
  }
}
