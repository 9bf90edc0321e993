package io.github.nolabel.networks;

import static io.github.nolabel.networks.OperatorCase.fold;

import io.github.nolabel.testing.OnnxDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Operators on constants. */
final class FoldCases {

  private FoldCases() {}

  static List<OperatorCase> all() {
    return Stream.of(constants(), elements(), logic(), layout(), pieces())
        .flatMap(List::stream)
        .toList();
  }

  private static List<OperatorCase> constants() {
    return List.of(
        fold(13, "y = Constant()", "value", OnnxDraft.floatTensor(new double[] {3, -4}, 2)),
        fold(13, "y = Constant()", "value_int", 5),
        fold(13, "y = Constant()", "value_float", 2.5),
        fold(13, "y = Constant()", "value_ints", new long[] {5, 6}),
        fold(13, "y = Constant()", "value_floats", new double[] {2.5, 3}),
        fold(13, "y = Shape(c23)"),
        fold(15, "y = Shape(c23)", "start", -1),
        fold(13, "y = Size(c23)"));
  }

  private static List<OperatorCase> elements() {
    List<OperatorCase> cases = new ArrayList<>();
    for (String op : List.of("Add", "Sub", "Mul", "Div", "Min", "Max")) {
      cases.add(fold(13, "y = %s(c23, c3)".formatted(op)));
      cases.add(fold(14, "y = %s(i23, j23)".formatted(op)));
    }
    for (String op : List.of("Neg", "Abs", "Sin", "Cos", "Floor", "Ceil", "Round", "Sign", "Exp")) {
      cases.add(fold(13, "y = %s(c23)".formatted(op)));
    }
    for (String op : List.of("Sqrt", "Log", "Reciprocal")) {
      cases.add(fold(13, "y = %s(up3)".formatted(op)));
    }
    cases.add(fold(13, "y = Clip(c23, least, half)"));
    cases.add(fold(12, "y = Clip(c23, , half)"));
    cases.add(fold(11, "y = Clip(c23)"));
    cases.add(fold(13, "y = Mod(i23, j23)"));
    cases.add(fold(13, "y = Mod(i23, j23)", "fmod", 1));
    cases.add(fold(13, "y = Pow(c23, c3)"));
    cases.add(fold(13, "y = Cast(c23)", "to", 7));
    cases.add(fold(13, "y = Cast(c23)", "to", 9));
    cases.add(fold(15, "y = CastLike(c23, i23)"));
    cases.add(fold(13, "y = Identity(c23)"));
    return cases;
  }

  private static List<OperatorCase> logic() {
    List<OperatorCase> cases = new ArrayList<>();
    for (String op : List.of("Equal", "Less", "Greater")) {
      cases.add(fold(13, "y = %s(i23, j23)".formatted(op)));
    }
    cases.add(fold(16, "y = LessOrEqual(c23, c3)"));
    cases.add(fold(16, "y = GreaterOrEqual(c23, c3)"));
    cases.add(fold(11, "y = And(yes3, no_yes_no)"));
    cases.add(fold(11, "y = Or(yes3, no_yes_no)"));
    cases.add(fold(11, "y = Not(no_yes_no)"));
    cases.add(fold(16, "y = Where(no_yes_no, c23, c3)"));
    return cases;
  }

  private static List<OperatorCase> layout() {
    return List.of(
        fold(13, "y = Transpose(c23)"),
        fold(13, "y = Transpose(c23)", "perm", new long[] {1, 0}),
        fold(14, "y = Reshape(c23, shape32)"),
        fold(13, "y = Flatten(c23)", "axis", 0),
        fold(11, "y = Squeeze(axis1)", "axes", new long[] {0}),
        fold(13, "y = Squeeze(axis1, axis0)"),
        fold(13, "y = Unsqueeze(c23, axis1)"),
        fold(11, "y = Unsqueeze(c3)", "axes", new long[] {0}));
  }

  private static List<OperatorCase> pieces() {
    List<OperatorCase> cases = new ArrayList<>();
    cases.add(fold(13, "y = ReduceSum(c23, axis1)", "keepdims", 0));
    cases.add(fold(13, "y = ReduceSum(c23, axis0)"));
    cases.add(fold(11, "y = ReduceMax(c23)", "axes", new long[] {-1}));
    for (String op : List.of("ReduceSum", "ReduceProd", "ReduceMax", "ReduceMin")) {
      cases.add(fold(13, "y = %s(c3)".formatted(op)));
      cases.add(fold(11, "y = %s(c3)".formatted(op), "keepdims", 0));
    }
    cases.add(fold(13, "y = Gather(c23, pick)", "axis", 1));
    cases.add(fold(13, "y = Gather(c3, pick_one)"));
    cases.add(fold(13, "y = Gather(c3, pick_table)"));
    cases.add(fold(13, "y = GatherElements(c23, pick_table)", "axis", 1));
    cases.add(fold(11, "y = GatherElements(c23, turned)"));
    cases.add(fold(13, "y = Tile(c23, shape32)"));
    cases.add(fold(14, "y = CumSum(c23, pick_one)"));
    cases.add(fold(14, "y = CumSum(c23, pick_one)", "exclusive", 1, "reverse", 1));
    cases.add(fold(11, "y = CumSum(c23, minus_two)", "exclusive", 1));
    cases.add(fold(11, "y = CumSum(i23, minus_two)", "reverse", 1));
    cases.add(fold(14, "y = Trilu(c23)"));
    cases.add(fold(14, "y = Trilu(c23, pick_one)"));
    cases.add(fold(14, "y = Trilu(c23)", "upper", 0));
    cases.add(fold(13, "y = Slice(c23, first, far, axis1)"));
    cases.add(fold(13, "y = Slice(c23, minus_one, least_place, last, minus_two)"));
    cases.add(fold(16, "y = ScatterND(c23, grid_places, up3)"));
    cases.add(fold(11, "y = ScatterND(c23, row_places, d23)"));
    cases.add(fold(13, "y = Concat(c23, d23)", "axis", 1));
    cases.add(fold(11, "y = Concat(c23, d23, c23)", "axis", 0));
    return cases;
  }
}
