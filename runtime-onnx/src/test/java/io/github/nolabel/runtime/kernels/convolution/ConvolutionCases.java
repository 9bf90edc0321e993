package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.Window;
import java.util.List;

/** Every way in which a convolution is computed here, and what may go wrong at its edges. */
public final class ConvolutionCases {

  private ConvolutionCases() {}

  public static List<ConvolutionCase> all() {
    Window plain = window(1, 0, 1, 1);
    Window same = window(1, 1, 1, 1);
    Window uneven = new Window(List.of(1L, 1L), List.of(0L, 1L, 2L, 0L), List.of(1L, 1L), 1);
    return List.of(
        conv("1x1", 3, 8, 9, 16, 8, 1, plain),
        conv("1x1 strided", 3, 8, 9, 16, 8, 1, window(2, 0, 1, 1)),
        conv("3x3", 5, 3, 12, 16, 3, 3, same),
        conv("wide", 4, 64, 7, 96, 64, 3, same),
        conv("odd channels", 3, 5, 9, 7, 5, 3, same),
        conv("strided", 3, 8, 11, 16, 8, 3, window(2, 1, 1, 1)),
        conv("rest at the border", 2, 4, 10, 8, 4, 3, window(3, 0, 1, 1)),
        conv("dilated", 3, 8, 12, 16, 8, 3, window(1, 2, 2, 1)),
        conv("grouped", 3, 16, 9, 32, 8, 3, window(1, 1, 1, 2)),
        conv("many groups", 3, 64, 9, 64, 4, 3, window(1, 1, 1, 16)),
        conv("depthwise", 3, 24, 9, 24, 1, 3, window(1, 1, 1, 24)),
        conv("depthwise 7x7", 2, 16, 14, 16, 1, 7, window(1, 3, 1, 16)),
        conv("depthwise, two each", 3, 8, 9, 16, 1, 3, window(2, 1, 1, 8)),
        conv("narrow", 7, 8, 4, 16, 8, 3, same),
        conv("narrow, strided", 7, 8, 8, 16, 8, 3, window(2, 1, 1, 1)),
        conv("narrow, odd, strided", 6, 8, 7, 16, 8, 5, window(2, 2, 1, 1)),
        conv("narrow, dilated", 4, 8, 6, 16, 8, 3, window(1, 2, 2, 1)),
        conv("tiles", 16, 48, 8, 64, 48, 3, same),
        conv("tiles in several groups", 12, 64, 12, 48, 64, 3, same),
        conv("tiles beyond the border", 18, 96, 7, 128, 96, 3, same),
        conv("tiles without padding", 16, 64, 10, 64, 64, 3, plain),
        conv("tiles, much padding", 16, 64, 6, 64, 64, 3, window(1, 2, 1, 1)),
        conv("few tiles", 6, 144, 8, 128, 144, 3, same),
        conv("few tiles beyond the border", 5, 160, 7, 176, 160, 3, plain),
        conv("rounds of tiles", 40, 256, 16, 72, 256, 3, same),
        conv("tiles of three", 16, 96, 6, 96, 96, 3, same),
        conv("tiles of three, few", 40, 176, 3, 160, 176, 3, same),
        conv("tiles of two in bf16", 20, 160, 8, 160, 160, 3, same),
        conv("tiles of two in bf16 beyond the border", 16, 256, 11, 240, 256, 3, same),
        conv("tiles of two in bf16, few", 32, 304, 4, 288, 304, 3, same),
        conv("rounds of tiles of two in bf16", 40, 304, 8, 288, 304, 3, same),
        conv("strips", 24, 128, 12, 112, 128, 3, same),
        conv("strips without padding", 24, 112, 14, 128, 112, 3, plain),
        conv("strips, much padding", 24, 128, 10, 112, 128, 3, window(1, 2, 1, 1)),
        conv("strips of other pads", 21, 112, 13, 128, 112, 3, uneven),
        conv("columns", 16, 48, 8, 64, 48, 3, window(2, 1, 1, 1)),
        conv("columns, odd", 9, 48, 11, 56, 48, 5, window(3, 2, 1, 1)),
        conv("columns, dilated", 4, 48, 12, 48, 48, 3, window(2, 2, 2, 1)),
        conv("columns, no padding", 7, 64, 10, 48, 64, 3, window(2, 0, 1, 1)),
        conv("many weights", 4, 248, 5, 240, 248, 3, same),
        conv("many weights, strided", 5, 240, 9, 248, 240, 3, window(2, 1, 1, 1)),
        conv("many weights, dilated", 3, 248, 9, 240, 248, 3, window(2, 2, 2, 1)),
        conv("many weights, no padding", 3, 176, 8, 192, 176, 4, window(4, 0, 1, 1)),
        conv("patches", 2, 3, 16, 24, 3, 4, window(4, 0, 1, 1)),
        conv("one image", 1, 8, 9, 16, 8, 3, same),
        conv("one pixel left", 6, 8, 3, 16, 8, 3, plain),
        conv(
            "asymmetric pads",
            3,
            8,
            9,
            16,
            8,
            3,
            new Window(List.of(1L, 2L), List.of(0L, 1L, 2L, 3L), List.of(1L, 1L), 1)));
  }

  private static ConvolutionCase conv(
      String name, long n, long c, long size, long o, long perGroup, long k, Window window) {
    return ConvolutionCase.of(
        name, List.of(n, c, size, size), List.of(o, perGroup, k, k), window, true);
  }

  private static Window window(long stride, long pad, long dilation, long groups) {
    return new Window(
        List.of(stride, stride), List.of(pad, pad, pad, pad), List.of(dilation, dilation), groups);
  }
}
