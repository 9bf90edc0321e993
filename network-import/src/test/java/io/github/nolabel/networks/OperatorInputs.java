package io.github.nolabel.networks;

import io.github.nolabel.testing.OnnxDraft;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What the cases of operators can be fed with, by name. */
final class OperatorInputs {

  private static final Map<String, Consumer<OnnxDraft>> MAKERS = new TreeMap<>();

  static {
    computed();
    weights();
    constants();
  }

  private OperatorInputs() {}

  private static void computed() {
    MAKERS.put("flat", d -> d.node("flat = Flatten(images)"));
    MAKERS.put(
        "column",
        d ->
            d.longs("zero", 0)
                .longs("one", 1)
                .node("every = Flatten(images)")
                .node("column = Slice(every, zero, one, one)"));
    MAKERS.put("positive", d -> d.node("positive = Exp(images)"));
    MAKERS.put(
        "tokens",
        d -> d.longs("token_shape", 0, 3, 16).node("tokens = Reshape(images, token_shape)"));
    MAKERS.put(
        "patches",
        d -> d.longs("patch_shape", 0, 4, 12).node("patches = Reshape(images, patch_shape)"));
    MAKERS.put(
        "beside",
        d -> d.longs("beside_shape", 0, 12, 4).node("beside = Reshape(images, beside_shape)"));
    MAKERS.put(
        "above", d -> d.floats("low", new long[0], 0.2).node("above = Greater(images, low)"));
    MAKERS.put("below", d -> d.floats("high", new long[0], 0.4).node("below = Less(images, high)"));
    MAKERS.put(
        "bits",
        d ->
            d.floats("edge", new long[0], 0.1)
                .node("beyond = Greater(images, edge)")
                .node("bits = Cast(beyond)", "to", 7));
    MAKERS.put("pairs", d -> bits(d, "pairs", 2));
    MAKERS.put("singles", d -> bits(d, "singles", 1));
    MAKERS.put(
        "pixels", d -> d.node("pixels = Transpose(images)", "perm", new long[] {0, 2, 3, 1}));
    MAKERS.put("deep", d -> d.node("deep = Concat(images, images, images, images)", "axis", 1));
    MAKERS.put("broken", d -> d.node("roots = Sqrt(images)").node("broken = Log(roots)"));
    MAKERS.put(
        "all_numbers", d -> d.longs("one_row", -1).node("all_numbers = Reshape(images, one_row)"));
    MAKERS.put("of_each_image", OperatorInputs::countedPlaces);
    MAKERS.put(
        "bit_of_each",
        d ->
            d.floats("limit", new long[0], 0.1)
                .longs("front", 0)
                .longs("back", 1)
                .node("past = Greater(images, limit)")
                .node("past_bits = Cast(past)", "to", 7)
                .node("bit_of_each = Slice(past_bits, front, back, back)"));
    MAKERS.put(
        "one_channel", d -> d.node("one_channel = ReduceMean(images)", "axes", new long[] {1}));
    MAKERS.put("pooled", d -> d.node("pooled = GlobalAveragePool(images)"));
    MAKERS.put(
        "batch_of_two",
        d ->
            d.node("whole_shape = Shape(images)")
                .longs("batch_place", 0)
                .longs("two", 2)
                .node("batch_size = Gather(whole_shape, batch_place)")
                .node("batch_of_two = Concat(batch_size, two)", "axis", 0));
  }

  /** The first and the last number of each image, as exporters write a view with strides. */
  private static void countedPlaces(OnnxDraft draft) {
    draft
        .node("from = Constant()", "value_int", 0)
        .node("by = Constant()", "value_int", 1)
        .node("each = Constant()", "value_int", 48)
        .longs("ends", 0, 47)
        .longs("across", 1)
        .node("its_shape = Shape(images)")
        .node("count = Gather(its_shape, from)")
        .node("numbers_of = Range(from, count, by)")
        .node("begins = Mul(numbers_of, each)")
        .node("column_of = Unsqueeze(begins, across)")
        .node("of_each_image = Add(column_of, ends)");
  }

  /** Coordinates of 0 and 1, int64[N, 48 / depth, depth]. */
  private static void bits(OnnxDraft draft, String name, long depth) {
    draft
        .floats("border", new long[0], -0.2)
        .longs("coordinates", 0, -1, depth)
        .node("within = Greater(images, border)")
        .node("numbered = Cast(within)", "to", 7)
        .node(name + " = Reshape(numbered, coordinates)");
  }

  private static void weights() {
    weight("kernel", 4, 3, 3, 3);
    weight("tall_kernel", 4, 3, 3, 1);
    weight("each_kernel", 3, 1, 3, 3);
    weight("pair_kernel", 8, 3, 2, 2);
    weight("vector2", 2);
    weight("vector3", 3);
    weight("vector4", 4);
    weight("vector12", 12);
    weight("square", 4, 4);
    weight("pair_rows", 2, 4);
    weight("one_row_of4", 1, 4);
    weight("matrix22", 2, 2);

    weight("line_kernel", 2, 3, 3);
    weight("each_line_kernel", 3, 1, 5);
    weight("cube345", 3, 4, 5);
    weight("matrix", 48, 5);
    weight("matrix_turned", 5, 48);
    weight("vector5", 5);
    weight("picture", 1, 3, 4, 4);
    weight("slopes", 3, 1, 1);
    weight("layer_gain", 3, 4, 4);
    MAKERS.put("spread", d -> d.floats("spread", new long[] {3}, 0.5, 1.5, 2.5));
    MAKERS.put("gains3", d -> d.floats("gains3", new long[] {3}, 0.7, 1.1, -1.3));
    MAKERS.put("means3", d -> d.floats("means3", new long[] {3}, 0.2, -0.1, 0.4));
    MAKERS.put("half", d -> d.floats("half", new long[0], 0.5));
    MAKERS.put("cube", d -> d.floats("cube", new long[0], 3));
    MAKERS.put("least", d -> d.floats("least", new long[0], -0.3));
  }

  private static void constants() {
    numbers("c23", new long[] {2, 3}, -2.5, -1, 0.5, 1, 2.5, 4);
    numbers("d23", new long[] {2, 3}, 2, -1, 3, 1, -2, 0.5);
    numbers("c3", new long[] {3}, 1, 2, 3);
    numbers("up3", new long[] {3}, 0.25, 1.5, 4);
    truths("yes3", 1, 1, 1);
    truths("no_yes_no", 0, 1, 0);
    numbers("none", new long[] {0});
    numbers("enlarging", new long[] {4}, 1, 1, 1.5, 2);
    longs("large", new long[] {2}, 7, 9);
    longs("pair", new long[] {2}, 2, 2);
    longs("image44", new long[] {2}, 4, 4);
    longs("image45", new long[] {2}, 4, 5);
    longs("image47", new long[] {2}, 4, 7);
    longs("image56", new long[] {2}, 5, 6);
    longs("small", new long[] {2}, 2, 3);
    longs("large_picture", new long[] {4}, 1, 3, 7, 9);
    longs("i23", new long[] {2, 3}, 7, -7, 5, 3, 2, 9);
    longs("j23", new long[] {2, 3}, 2, 2, -3, 3, 5, 4);
    longs("shape32", new long[] {2}, 3, 2);
    longs("shape223", new long[] {3}, 2, 2, 3);
    longs("axis0", new long[] {1}, 0);
    longs("axis1", new long[] {1}, 1);
    longs("axes23", new long[] {2}, 2, 3);
    longs("last", new long[] {1}, -1);
    longs("pick", new long[] {2}, 2, -3);
    longs("pick_one", new long[0], 1);
    longs("pick_table", new long[] {2, 2}, 0, 2, 1, 1);
    longs("apart", new long[] {2, 2}, 0, -1, 2, 1);
    longs("turned", new long[] {1, 3}, 1, -2, 1);
    longs("grid_places", new long[] {3, 2}, 0, 2, 1, 0, -1, -1);
    longs("row_places", new long[] {2, 1}, 1, 0);
    longs("minus_one", new long[] {1}, -1);
    longs("minus_two", new long[] {1}, -2);
    longs("first", new long[] {1}, 1);
    longs("least_place", new long[] {1}, -100);
    longs("far", new long[] {1}, Long.MAX_VALUE);
    longs("from", new long[0], 2);
    longs("until", new long[0], 11);
    longs("by", new long[0], 3);
    longs("keep_then_rest", new long[] {2}, 0, -1);
    longs("grid", new long[] {4}, 0, 3, 2, 8);
    longs("repeats", new long[] {4}, 1, 2, 1, 3);
    longs("wide", new long[] {4}, 1, 3, 4, 4);
    longs("pads", new long[] {8}, 0, 0, 1, 2, 0, 1, 0, 1);
    longs("pads23", new long[] {4}, 1, 2, 0, 1);
    longs("parts", new long[] {2}, 1, 2);
  }

  private static void weight(String name, long... extents) {
    MAKERS.put(name, draft -> draft.weight(name, extents));
  }

  private static void numbers(String name, long[] extents, double... values) {
    String line = name + " = Constant()";
    MAKERS.put(name, d -> d.node(line, "value", OnnxDraft.floatTensor(values, extents)));
  }

  private static void longs(String name, long[] extents, long... values) {
    String line = name + " = Constant()";
    MAKERS.put(name, d -> d.node(line, "value", OnnxDraft.longTensor(values, extents)));
  }

  private static void truths(String name, long... values) {
    longs(name + "_numbers", new long[] {values.length}, values);
    Consumer<OnnxDraft> numbers = MAKERS.get(name + "_numbers");
    MAKERS.put(
        name,
        d -> {
          Objects.requireNonNull(numbers).accept(d);
          d.node("%s = Cast(%s_numbers)".formatted(name, name), "to", 9);
        });
  }

  static void add(OnnxDraft draft, String name) {
    Consumer<OnnxDraft> maker = MAKERS.get(name);
    if (maker == null) {
      throw new IllegalArgumentException("nothing is called " + name);
    }
    maker.accept(draft);
  }

  /** The inputs of a line. */
  static List<String> named(String line) {
    String list = line.substring(line.indexOf('(') + 1, line.length() - 1);
    return Arrays.stream(list.split(",", -1)).map(String::strip).filter(n -> !n.isEmpty()).toList();
  }

  static String text(List<Object> attributes) {
    return attributes.stream()
        .map(a -> a instanceof long[] numbers ? Arrays.toString(numbers) : a.toString())
        .toList()
        .toString();
  }
}
