package io.github.nolabel.autodiff.rules;

import static io.github.nolabel.autodiff.rules.Operand.batch;
import static io.github.nolabel.autodiff.rules.Operand.in;

import io.github.nolabel.graph.PoolingWindow;
import io.github.nolabel.graph.Window;
import java.util.ArrayList;
import java.util.List;

final class ConvolutionCases {

  private ConvolutionCases() {}

  static List<GradientCase> all() {
    List<GradientCase> cases = new ArrayList<>();
    conv(cases, "1x1", Window.of(1), batch(3, 4, 4), in(5, 3, 1, 1));
    conv(cases, "3x3 padded", Window.of(3).padding(1), batch(2, 5, 4), in(3, 2, 3, 3));
    conv(cases, "strided", Window.of(3).padding(1).stride(2), batch(2, 6, 5), in(3, 2, 3, 3));
    conv(cases, "rest at the border", Window.of(2).stride(2), in(2, 2, 5, 5), in(3, 2, 2, 2));
    conv(cases, "dilated", Window.of(3).padding(2).dilation(2), batch(2, 5, 5), in(2, 2, 3, 3));
    conv(cases, "grouped", Window.of(3).padding(1).groups(2), batch(4, 4, 4), in(6, 2, 3, 3));
    conv(cases, "depthwise", Window.of(3).padding(1).groups(4), batch(4, 4, 4), in(4, 1, 3, 3));
    conv(cases, "depthwise, two each", Window.of(3).groups(2), in(2, 2, 4, 4), in(4, 1, 3, 3));
    conv(cases, "patches", Window.of(4).stride(4), batch(3, 8, 8), in(5, 3, 4, 4));
    conv(
        cases,
        "everything",
        Window.of(3).padding(2).dilation(2).stride(2).groups(2),
        batch(2, 6, 6),
        in(4, 1, 3, 3));
    cases.add(
        GradientCase.of(
            "Conv",
            "weight alone",
            (g, x) -> g.conv(x.get(0), x.get(1), Window.of(3).padding(1)),
            batch(2, 4, 4).constant(),
            in(3, 2, 3, 3)));
    cases.add(
        GradientCase.of(
            "Conv",
            "bias alone",
            (g, x) -> g.conv(x.get(0), x.get(1), x.get(2), Window.of(3)),
            batch(2, 4, 4).constant(),
            in(3, 2, 3, 3).constant(),
            in(3)));
    maxPool(cases, Window.of(2).stride(2), batch(2, 4, 4));
    maxPool(cases, Window.of(3).stride(2).padding(1), batch(2, 5, 6));
    maxPool(cases, Window.of(3), in(2, 1, 4, 4));
    maxPool(cases, Window.of(2).dilation(2), in(1, 2, 5, 5));
    cases.add(
        GradientCase.of(
            "Conv", "average pool", (g, x) -> g.averagePool(x.get(0), 2, 2), batch(3, 4, 4)));
    averagePool(cases, PoolingWindow.of(2, 3), batch(2, 4, 6));
    averagePool(cases, PoolingWindow.of(3, 3).stride(2, 2).padding(1, 1), batch(2, 5, 6));
    averagePool(cases, PoolingWindow.of(3, 2).stride(1, 2).padding(1, 0), in(2, 3, 4, 5));
    averagePool(cases, PoolingWindow.of(1, 4).stride(2, 1).padding(0, 2), in(1, 2, 3, 4));
    return cases;
  }

  private static void averagePool(List<GradientCase> cases, PoolingWindow window, Operand x) {
    cases.add(
        GradientCase.of("Conv", "average " + window, (g, v) -> g.averagePool(v.get(0), window), x));
  }

  private static void conv(
      List<GradientCase> cases, String variant, Window window, Operand x, Operand weight) {
    cases.add(
        GradientCase.of("Conv", variant, (g, v) -> g.conv(v.get(0), v.get(1), window), x, weight));
    cases.add(
        GradientCase.of(
            "Conv",
            variant + ", bias",
            (g, v) -> g.conv(v.get(0), v.get(1), v.get(2), window),
            x,
            weight,
            in(weight.shape().extent(0))));
  }

  private static void maxPool(List<GradientCase> cases, Window window, Operand x) {
    cases.add(
        GradientCase.of(
            "MaxPool",
            window + " of " + x.shape(),
            (g, v) -> g.maxPool(v.get(0), window).get(0),
            x.distinct()));
  }
}
