package io.github.nolabel.networks;

import static io.github.nolabel.networks.OperatorCase.live;

import io.github.nolabel.testing.OnnxDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Operators that move elements of values that depend on the images. */
final class LayoutCases {

  private static final long[] HEIGHT_AND_WIDTH = {2, 3};

  private static final long[] THREE = {3};

  private LayoutCases() {}

  static List<OperatorCase> all() {
    return Stream.of(shapes(), resized(), scattered(), pieces(), axes(), indices())
        .flatMap(List::stream)
        .toList();
  }

  private static List<OperatorCase> shapes() {
    return List.of(
        live(13, "y = Reshape(images, keep_then_rest)"),
        live(14, "y = Reshape(images, grid)"),
        live(13, "y = Flatten(images)", "axis", 1),
        live(11, "y = Flatten(images)", "axis", -3),
        live(13, "y = Transpose(images)", "perm", new long[] {0, 3, 1, 2}),
        live(13, "y = Expand(pooled, wide)"),
        live(13, "y = Tile(images, repeats)"),
        live(13, "y = Pad(images, pads)"),
        live(11, "y = Pad(images, pads, half)"),
        live(18, "y = Pad(images, pads23, half, axes23)"),
        live(13, "y = DepthToSpace(deep)", "blocksize", 2),
        live(11, "y = DepthToSpace(deep)", "blocksize", 2, "mode", "CRD"),
        live(13, "y = SpaceToDepth(images)", "blocksize", 2),
        live(13, "y = ConstantOfShape(batch_of_two)"),
        live(13, "y = ConstantOfShape(batch_of_two)", "value", OnnxDraft.longTensor(THREE, 1)),
        live(13, "y = Tile(one_row_of4, batch_of_two)"),
        live(13, "y = Expand(half, batch_of_two)"),
        live(13, "y = Expand(c3, shape223)").resultIsConstant(),
        live(11, "y = Range(from, until, by)").resultIsConstant(),
        live(15, "y = Shape(images)", "start", 1).resultIsConstant(),
        live(13, "y = Size(matrix)").resultIsConstant());
  }

  private static List<OperatorCase> resized() {
    List<OperatorCase> cases = new ArrayList<>();
    String kind = "coordinate_transformation_mode";
    for (String mode : List.of("nearest", "linear", "cubic")) {
      cases.add(live(13, "y = Resize(images, none, enlarging)", "mode", mode));
      for (String place : List.of("asymmetric", "align_corners", "pytorch_half_pixel")) {
        String line = "y = Resize(images, , , large)";
        cases.add(live(18, line, "mode", mode, kind, place, "axes", HEIGHT_AND_WIDTH));
        cases.add(live(11, "y = Resize(images, none, enlarging)", "mode", mode, kind, place));
      }
      String whole = "y = Resize(picture, , , large_picture)";
      cases.add(live(13, whole, "mode", mode).resultIsConstant());
      cases.add(resized("small", "mode", mode));
    }
    for (String mode : List.of("floor", "ceil", "round_prefer_ceil")) {
      cases.add(live(13, "y = Resize(images, , enlarging)", "nearest_mode", mode));
    }
    cases.add(resized("small", "mode", "cubic", "exclude_outside", 1));
    cases.add(resized("large", "mode", "cubic", "exclude_outside", 1, "cubic_coeff_a", -0.5));
    return cases;
  }

  private static OperatorCase resized(String sizes, Object... attributes) {
    List<Object> all = new ArrayList<>(List.of(attributes));
    all.addAll(List.of("axes", HEIGHT_AND_WIDTH));
    return live(18, "y = Resize(images, , , %s)".formatted(sizes), all.toArray());
  }

  private static List<OperatorCase> scattered() {
    return List.of(
        live(13, "y = Pad(images, pads)", "mode", "edge"),
        live(18, "y = Pad(images, pads23, , axes23)", "mode", "reflect"),
        live(19, "y = Pad(images, pads23, , axes23)", "mode", "wrap"),
        live(16, "y = ScatterND(square, grid_places, up3)").resultIsConstant(),
        live(11, "y = ScatterND(square, row_places, pair_rows)").resultIsConstant(),
        live(13, "y = ScatterElements(square, apart, matrix22)", "axis", 1).resultIsConstant(),
        live(16, "y = ScatterElements(images, bit_of_each, one_channel)", "axis", 1));
  }

  private static List<OperatorCase> pieces() {
    List<OperatorCase> cases = new ArrayList<>();
    cases.add(live(13, "y = Concat(images, positive)", "axis", 2));
    cases.add(live(11, "y = Concat(images, positive, images)", "axis", -3));
    cases.add(live(13, "y = Slice(images, first, far, axis1)"));
    cases.add(live(11, "y = Slice(images, minus_two, far, last)"));
    cases.add(live(11, "y = Slice(images, minus_one, least_place, last, minus_two)"));
    cases.add(live(13, "y = Gather(images, pick_one)", "axis", 2));
    cases.add(live(13, "y = Gather(images, pick)", "axis", 1));
    cases.add(live(11, "y = Gather(images, axis1)", "axis", -1));
    cases.add(live(13, "y = Gather(images, pick_table)", "axis", 1));
    cases.add(live(13, "y = Gather(images, pick_table)", "axis", -1));
    cases.add(live(13, "y = Gather(all_numbers, of_each_image)"));
    cases.add(live(11, "y, rest = Split(images)", "axis", 2));
    cases.add(live(11, "rest, y = Split(images)", "axis", 1, "split", new long[] {1, 2}));
    cases.add(live(13, "rest, y = Split(images, parts)", "axis", 1));
    cases.add(live(18, "rest, y = Split(images)", "axis", 1, "num_outputs", 2));
    return cases;
  }

  private static List<OperatorCase> axes() {
    return List.of(
        live(11, "y = Unsqueeze(images)", "axes", new long[] {1, -1}),
        live(13, "y = Unsqueeze(images, axis1)"),
        live(11, "y = Squeeze(pooled)", "axes", new long[] {2}),
        live(13, "y = Squeeze(pooled, last)"),
        live(13, "y = Squeeze(pooled)"));
  }

  private static List<OperatorCase> indices() {
    return List.of(
        live(13, "y = GatherElements(images, bits)", "axis", 2),
        live(11, "y = GatherElements(bits, bits)", "axis", -1),
        live(13, "y = GatherND(square, pairs)"),
        live(13, "y = GatherND(square, singles)"),
        live(14, "y = CumSum(images, pick_one)"),
        live(14, "y = CumSum(bits, minus_one)", "reverse", 1),
        live(11, "y = CumSum(tokens, pick_one)", "exclusive", 1),
        live(14, "y = CumSum(tokens, pick_one)", "exclusive", 1, "reverse", 1),
        live(14, "y = Trilu(images)"),
        live(14, "y = Trilu(tokens, pick_one)", "upper", 0));
  }
}
