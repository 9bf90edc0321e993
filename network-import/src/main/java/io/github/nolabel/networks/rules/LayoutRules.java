package io.github.nolabel.networks.rules;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.BatchCount;
import io.github.nolabel.networks.table.Constant;
import io.github.nolabel.networks.table.FileValue;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;
import io.github.nolabel.networks.table.WeightUse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Other shapes for the same elements. */
final class LayoutRules {

  private static final Dim ONE = Dim.of(1);

  private LayoutRules() {}

  static void addTo(TranslationTable.Builder table) {
    table
        .live("Reshape", c -> c.g().reshape(c.live(0, WeightUse.LAYOUT), LayoutTargets.reshaped(c)))
        .live(
            "Flatten", c -> c.g().reshape(c.live(0, WeightUse.LAYOUT), LayoutTargets.flattened(c)))
        .live("Squeeze", c -> c.g().reshape(c.live(0, WeightUse.LAYOUT), LayoutTargets.squeezed(c)))
        .live(
            "Unsqueeze",
            c -> c.g().reshape(c.live(0, WeightUse.LAYOUT), LayoutTargets.unsqueezed(c)))
        .live("Transpose", LayoutRules::transpose)
        .rule("Expand", c -> List.of(expand(c)))
        .live("Tile", LayoutRules::tile)
        .live("Pad", PaddingRule::of)
        .live("Resize", ResizeRule::of)
        .live("ScatterND", ScatterRule::of)
        .live("ScatterElements", ScatterRule::elements)
        .live("DepthToSpace", LayoutRules::depthToSpace)
        .live("SpaceToDepth", LayoutRules::spaceToDepth)
        .rule("ConstantOfShape", c -> List.<FileValue>of(ofShape(c)));
  }

  private static Value transpose(OperatorCall call) {
    Value x = call.live(0, WeightUse.LAYOUT);
    return call.g().transpose(x, LayoutTargets.permutation(call, x.shape().rank()));
  }

  private static Value tile(OperatorCall call) {
    Constant wanted = call.known(1);
    Value x = call.live(0, WeightUse.LAYOUT);
    long[] repeats = new long[wanted.size()];
    for (int axis = 0; axis < repeats.length; axis++) {
      Dim count = dim(wanted.at(axis));
      x = count.isFixed() ? x : stretched(call, x, axis, onlyOnce(call, x, axis, count));
      repeats[axis] = count.isFixed() ? count.fixed() : 1;
    }
    return LongStream.of(repeats).allMatch(r -> r == 1) ? x : call.g().tile(x, repeats);
  }

  private static Dim onlyOnce(OperatorCall call, Value x, int axis, Dim count) {
    if (!x.shape().dim(axis).equals(ONE)) {
      throw call.refuse(
          "it repeats %s on axis %d for each image".formatted(x.shape(), axis),
          "Export it with a batch of 1.");
    }
    return count;
  }

  private static FileValue expand(OperatorCall call) {
    Constant wanted = call.known(1);
    if (call.item(0) instanceof Constant known && wanted.isFixed()) {
      return LayoutFolds.expanded(known, wanted);
    }
    Value x = call.live(0, WeightUse.LAYOUT);
    while (x.shape().rank() < wanted.size()) {
      x = call.g().unsqueeze(x, 0);
    }
    int missing = x.shape().rank() - wanted.size();
    for (int i = 0; i < wanted.size(); i++) {
      Dim own = x.shape().dim(i + missing);
      Dim dim = dim(wanted.at(i));
      if (!own.equals(dim) && !own.equals(ONE) && !dim.equals(ONE) && own.isFixed()) {
        throw call.refuse(
            "it expands an axis of %s to %s".formatted(own, dim), "The file is damaged.");
      }
      x = stretched(call, x, i + missing, dim);
    }
    return new FileValue.Live(x);
  }

  /** Axis {@code axis} with the extent {@code dim}, if it is one so far. */
  static Value stretched(OperatorCall call, Value x, int axis, Dim dim) {
    if (!x.shape().dim(axis).equals(Dim.of(1)) || dim.equals(Dim.of(1))) {
      return x;
    }
    if (!dim.isFixed()) {
      return sum(call.g(), x, batchOfZeros(call, x.shape().rank(), axis, dim));
    }
    long[] repeats = new long[x.shape().rank()];
    java.util.Arrays.fill(repeats, 1);
    repeats[axis] = dim.extent();
    return call.g().tile(x, repeats);
  }

  /** Of values of any type and zeros. */
  private static Value sum(Ops g, Value x, Value zeros) {
    ElementType adding = x.type() == ElementType.BOOL ? ElementType.INT64 : x.type();
    return g.cast(g.add(g.cast(x, adding), g.cast(zeros, adding)), x.type());
  }

  /** Zeros with one axis as long as the batch, all others one. */
  private static Value batchOfZeros(OperatorCall call, int rank, int axis, Dim dim) {
    if (!dim.equals(call.setting().batch())) {
      throw call.refuse("an axis of " + dim + " is made of nothing", "Export with batch size 1.");
    }
    Ops g = call.g();
    Value images = call.setting().images();
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      dims.add(i == axis ? dim : Dim.of(1));
    }
    Value onePerImage = images;
    for (int i = 1; i < images.shape().rank(); i++) {
      onePerImage = g.slice(onePerImage, i, 0, 1);
    }
    return g.zerosLike(g.reshape(onePerImage, new Shape(dims)));
  }

  /** A constant, unless an axis is as long as the batch. */
  private static FileValue ofShape(OperatorCall call) {
    Constant wanted = call.known(0);
    if (wanted.isFixed()) {
      return ConstantFolds.constantOfShape(call);
    }
    Constant value = ConstantFolds.filling(call);
    long[] ones = new long[wanted.size()];
    java.util.Arrays.fill(ones, 1);
    Value result = call.constant(Constant.of(value.type(), ones, i -> value.at(0)));
    for (int axis = 0; axis < ones.length; axis++) {
      result = stretched(call, result, axis, dim(wanted.at(axis)));
    }
    return new FileValue.Live(result);
  }

  private static Dim dim(BatchCount count) {
    return new Dim((long) count.perSample(), (long) count.fixed());
  }

  private static Value depthToSpace(OperatorCall call) {
    Value x = call.live(0);
    long block = call.attributes().integer("blocksize", 1);
    boolean crd = call.attributes().text("mode", "DCR").equals("CRD");
    List<Dim> d = x.shape().dims();
    Dim depth = Dim.of(x.shape().extent(1) / (block * block));
    Dim b = Dim.of(block);
    Shape split =
        new Shape(
            crd
                ? List.of(d.get(0), depth, b, b, d.get(2), d.get(3))
                : List.of(d.get(0), b, b, depth, d.get(2), d.get(3)));
    int[] order = crd ? new int[] {0, 1, 4, 2, 5, 3} : new int[] {0, 3, 4, 1, 5, 2};
    Value moved = call.g().transpose(call.g().reshape(x, split), order);
    return call.g()
        .reshape(
            moved,
            new Shape(List.of(d.get(0), depth, d.get(2).times(block), d.get(3).times(block))));
  }

  private static Value spaceToDepth(OperatorCall call) {
    Value x = call.live(0);
    long block = call.attributes().integer("blocksize", 1);
    List<Dim> d = x.shape().dims();
    Dim b = Dim.of(block);
    Dim height = Dim.of(x.shape().extent(2) / block);
    Dim width = Dim.of(x.shape().extent(3) / block);
    Shape split = new Shape(List.of(d.get(0), d.get(1), height, b, width, b));
    Value moved = call.g().transpose(call.g().reshape(x, split), 0, 3, 5, 1, 2, 4);
    Dim depth = d.get(1).times(block * block);
    return call.g().reshape(moved, new Shape(List.of(d.get(0), depth, height, width)));
  }
}
