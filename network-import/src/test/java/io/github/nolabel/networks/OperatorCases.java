package io.github.nolabel.networks;

import static io.github.nolabel.networks.OperatorCase.live;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Applications of every operator that can be taken over to values that depend on the images. */
final class OperatorCases {

  private OperatorCases() {}

  static List<OperatorCase> all() {
    return Stream.of(
            elements(), activations(), logic(), products(), reductions(), norms(), windows())
        .flatMap(List::stream)
        .toList();
  }

  private static List<OperatorCase> elements() {
    List<OperatorCase> cases = new ArrayList<>();
    for (String op :
        List.of("Abs", "Neg", "Exp", "Sign", "Erf", "Sin", "Cos", "Identity", "Tanh")) {
      cases.add(live(17, "y = %s(images)".formatted(op)));
    }
    for (String op : List.of("Sqrt", "Log", "Reciprocal")) {
      cases.add(live(13, "y = %s(positive)".formatted(op)));
    }
    for (String op : List.of("Add", "Sub", "Mul", "Div")) {
      cases.add(live(14, "y = %s(images, slopes)".formatted(op)));
      cases.add(live(11, "y = %s(half, positive)".formatted(op)));
    }
    for (String op : List.of("Min", "Max", "Sum", "Mean")) {
      cases.add(live(13, "y = %s(images, picture, slopes)".formatted(op)));
      cases.add(live(11, "y = %s(images)".formatted(op)));
    }
    cases.add(live(15, "y = Pow(images, cube)"));
    cases.add(live(12, "y = Pow(positive, half)"));
    cases.add(live(13, "y = Cast(above)", "to", 1));
    cases.add(live(13, "y = Cast(images)", "to", 1));
    cases.add(live(13, "y = Cast(images)", "to", 9));
    cases.add(live(15, "y = CastLike(images, vector3)"));
    cases.add(live(11, "y = Dropout(images)", "ratio", 0.4));
    cases.add(live(13, "y = Dropout(images, half)"));
    return cases;
  }

  private static List<OperatorCase> activations() {
    List<OperatorCase> cases = new ArrayList<>();
    for (String op :
        List.of(
            "Relu",
            "Sigmoid",
            "Softplus",
            "Softsign",
            "HardSigmoid",
            "LeakyRelu",
            "Elu",
            "Celu",
            "Selu",
            "ThresholdedRelu")) {
      cases.add(live(16, "y = %s(images)".formatted(op)));
    }
    cases.add(live(18, "y = Mish(images)"));
    cases.add(live(14, "y = HardSwish(images)"));
    cases.add(live(20, "y = Gelu(images)"));
    cases.add(live(20, "y = Gelu(images)", "approximate", "tanh"));
    cases.add(live(13, "y = HardSigmoid(images)", "alpha", 0.3, "beta", 0.4));
    cases.add(live(11, "y = LeakyRelu(images)", "alpha", 0.2));
    cases.add(live(11, "y = Elu(images)", "alpha", 0.7));
    cases.add(live(12, "y = Celu(images)", "alpha", 0.6));
    cases.add(live(11, "y = Selu(images)", "alpha", 1.2, "gamma", 0.8));
    cases.add(live(11, "y = ThresholdedRelu(images)", "alpha", 0.3));
    cases.add(live(16, "y = PRelu(images, slopes)"));
    cases.add(live(13, "y = Clip(images, least, half)"));
    cases.add(live(12, "y = Clip(images, , half)"));
    cases.add(live(11, "y = Clip(images)"));
    return cases;
  }

  private static List<OperatorCase> logic() {
    return List.of(
        live(13, "y = Equal(images, images)"),
        live(13, "y = Less(images, picture)"),
        live(13, "y = Greater(images, half)"),
        live(16, "y = LessOrEqual(images, picture)"),
        live(12, "y = GreaterOrEqual(images, images)"),
        live(11, "y = And(above, below)"),
        live(11, "y = Or(above, below)"),
        live(11, "y = Not(above)"),
        live(13, "y = IsNaN(broken)"),
        live(11, "y = IsInf(broken)"),
        live(16, "y = Where(above, images, picture)"),
        live(11, "y = Where(below, half, positive)"));
  }

  private static List<OperatorCase> products() {
    return List.of(
        live(13, "y = MatMul(images, square)"),
        live(11, "y = MatMul(square, images)"),
        live(13, "y = MatMul(images, positive)"),
        live(11, "y = Gemm(flat, matrix)"),
        live(13, "y = Gemm(flat, matrix, vector5)", "alpha", 0.5, "beta", 2.0),
        live(13, "y = Gemm(flat, matrix_turned, vector5)", "transB", 1),
        live(11, "y = Gemm(flat, matrix_turned, half)", "transB", 1, "alpha", 1.5),
        live(12, "y = Einsum(images, square)", "equation", "nchw,wd->ndhc"),
        live(12, "y = Einsum(images, cube345)", "equation", "nchw,chd->nhd"),
        live(12, "y = Einsum(images, cube345)", "equation", "nchw,chd->ncdw"),
        live(12, "y = Einsum(images, positive)", "equation", "nchw,ncdw->nhcd"),
        live(12, "y = Einsum(images, positive)", "equation", "n c h w, n c h w -> n c"),
        live(13, "y = Einsum(images)", "equation", "nchw->nc"),
        live(12, "y = Einsum(images)", "equation", "...hw->...wh"),
        live(12, "y = Einsum(images, square)", "equation", "...w,wd->...d"),
        live(12, "y = Einsum(images, cube345)", "equation", "n...hw,...wd->n...hd"),
        live(12, "y = Einsum(images, slopes)", "equation", "nc...,c...->n..."),
        live(12, "y = Einsum(images, square, cube345)", "equation", "nchw,wd,chk->ncdk"),
        live(12, "y = Einsum(images, square, images)", "equation", "n...hw,wd,n...hd->n...h"),
        live(17, "y = Conv(tokens, line_kernel, vector2)", "pads", new long[] {1, 1}),
        live(17, "y = Conv(tokens, line_kernel)", "strides", new long[] {2}),
        live(11, "y = Conv(tokens, line_kernel)", "auto_pad", "SAME_UPPER"),
        live(
            17,
            "y = Conv(tokens, each_line_kernel)",
            "group",
            3,
            "dilations",
            new long[] {2},
            "kernel_shape",
            new long[] {5},
            "pads",
            new long[] {3, 4}),
        live(17, "y = Conv(images, kernel)"),
        live(11, "y = Conv(images, kernel, vector4)", "pads", new long[] {1, 1, 1, 1}),
        live(
            11, "y = Conv(images, kernel)", "auto_pad", "SAME_UPPER", "strides", new long[] {2, 2}),
        live(
            11, "y = Conv(images, kernel)", "auto_pad", "SAME_LOWER", "strides", new long[] {2, 2}),
        live(11, "y = Conv(images, kernel)", "auto_pad", "VALID"),
        live(
            17,
            "y = Conv(images, each_kernel, vector3)",
            "group",
            3,
            "pads",
            new long[] {0, 1, 2, 1}),
        live(17, "y = Conv(images, tall_kernel)", "pads", new long[] {1, 0, 1, 0}),
        live(
            17,
            "y = Conv(images, kernel)",
            "dilations",
            new long[] {2, 2},
            "pads",
            new long[] {2, 2, 2, 2}),
        live(17, "y = Conv(images, pair_kernel)", "strides", new long[] {2, 2}));
  }

  private static List<OperatorCase> reductions() {
    List<OperatorCase> cases = new ArrayList<>();
    for (String op :
        List.of(
            "ReduceMean",
            "ReduceMax",
            "ReduceMin",
            "ReduceLogSumExp",
            "ReduceL1",
            "ReduceL2",
            "ReduceSumSquare")) {
      cases.add(live(13, "y = %s(images)".formatted(op), "axes", new long[] {1, -1}));
      cases.add(live(11, "y = %s(images)".formatted(op), "axes", new long[] {2}, "keepdims", 0));
      cases.add(live(18, "y = %s(images, axes23)".formatted(op)));
      cases.add(live(18, "y = %s(images)".formatted(op), "noop_with_empty_axes", 1));
    }
    cases.add(live(11, "y = ReduceSum(images)", "axes", new long[] {-2}));
    cases.add(live(13, "y = ReduceSum(images, axes23)", "keepdims", 0));
    cases.add(live(18, "y = ReduceSum(images)", "noop_with_empty_axes", 1));
    return cases;
  }

  private static List<OperatorCase> norms() {
    String plain = "y = BatchNormalization(images, gains3, vector3, means3, spread)";
    return List.of(
        live(11, plain),
        live(15, plain, "epsilon", 0.01, "momentum", 0.8),
        live(17, "y = LayerNormalization(images, vector4, vector4)"),
        live(17, "y = LayerNormalization(images, layer_gain, layer_gain)", "axis", 1),
        live(17, "y = LayerNormalization(images, vector4)", "epsilon", 0.1),
        live(11, "y = InstanceNormalization(images, vector3, vector3)", "epsilon", 0.02),
        live(21, "y = GroupNormalization(deep, vector12, vector12)", "num_groups", 4),
        live(18, "y = GroupNormalization(deep, vector2, vector2)", "num_groups", 2),
        live(11, "y = LpNormalization(images)"),
        live(11, "y = LpNormalization(images)", "p", 1, "axis", 1),
        live(11, "y = Softmax(images)", "axis", 2),
        live(11, "y = Softmax(images)"),
        live(13, "y = Softmax(images)"),
        live(13, "y = Softmax(images)", "axis", 1),
        live(11, "y = LogSoftmax(images)", "axis", 1),
        live(13, "y = LogSoftmax(images)", "axis", -2));
  }

  private static List<OperatorCase> windows() {
    long[] two = {2, 2};
    long[] three = {3, 3};
    long[] around = {1, 1, 1, 1};
    List<OperatorCase> cases = new ArrayList<>();
    cases.add(live(18, "y = Col2Im(patches, image45, pair)"));
    cases.add(live(18, "y = Col2Im(patches, image47, pair)", "strides", two, "pads", around));
    cases.add(live(18, "y = Col2Im(patches, image56, pair)", "dilations", two));
    cases.add(live(18, "y = Col2Im(beside, image44, pair)", "strides", two));
    for (String op : List.of("MaxPool", "AveragePool")) {
      String line = "y = %s(images)".formatted(op);
      cases.add(live(11, line, "kernel_shape", two, "strides", two));
      cases.add(live(12, line, "kernel_shape", three, "pads", around));
      cases.add(live(12, line, "kernel_shape", three, "strides", two, "pads", around));
      cases.add(live(12, line, "kernel_shape", three, "strides", two, "ceil_mode", 1));
      cases.add(live(12, line, "kernel_shape", two, "pads", new long[] {0, 1, 1, 0}));
      cases.add(live(11, line, "kernel_shape", three, "strides", two, "auto_pad", "SAME_UPPER"));
      cases.add(live(11, line, "kernel_shape", three, "strides", two, "auto_pad", "SAME_LOWER"));
    }
    cases.add(live(12, "y = MaxPool(images)", "kernel_shape", two, "dilations", two));
    cases.add(live(19, "y = AveragePool(images)", "kernel_shape", two, "dilations", two));
    cases.add(
        live(
            11,
            "y = AveragePool(images)",
            "kernel_shape",
            three,
            "pads",
            around,
            "count_include_pad",
            1));
    cases.add(live(11, "y = AveragePool(images)", "kernel_shape", new long[] {1, 3}));
    cases.add(live(11, "y = GlobalAveragePool(images)"));
    cases.add(live(11, "y = GlobalMaxPool(images)"));
    return cases;
  }
}
