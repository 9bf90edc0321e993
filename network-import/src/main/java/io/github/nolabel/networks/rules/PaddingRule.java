package io.github.nolabel.networks.rules;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.BatchCount;
import io.github.nolabel.networks.table.Constant;
import io.github.nolabel.networks.table.OperatorCall;
import java.util.List;

/** Padding with a number, with what is at the edge, or with what lies on the other side of it. */
final class PaddingRule {

  private PaddingRule() {}

  static Value of(OperatorCall call) {
    Value x = call.live(0);
    Padding padding = padding(call, x.shape().rank());
    String mode = call.attributes().text("mode", "constant");
    return switch (mode) {
      case "constant" -> padding.joined(call, x, value(call));
      case "edge", "reflect", "wrap" -> repeated(call, x, padding, mode);
      default ->
          throw call.refuse(
              "padding by '%s' cannot be trained here".formatted(mode), "Pad with zeros instead.");
    };
  }

  private static double value(OperatorCall call) {
    return call.has(2) ? call.known(2).number() : call.attributes().number("value", 0);
  }

  private static Padding padding(OperatorCall call, int rank) {
    List<Long> pads = call.attributes().integers("pads", 1).orElse(List.of());
    Padding padding = Padding.none(rank);
    int count = pads.size() / 2;
    for (int i = 0; i < count; i++) {
      int axis = call.has(3) ? Axes.of(call, call.known(3).integers().get(i), rank) : i;
      padding = padding.with(axis, pads.get(i), pads.get(i + count));
    }
    return padding;
  }

  private static Value repeated(OperatorCall call, Value x, Padding padding, String mode) {
    Value result = x;
    for (int axis = 0; axis < x.shape().rank(); axis++) {
      long before = padding.before().get(axis);
      long after = padding.after().get(axis);
      if (before != 0 || after != 0) {
        long extent = x.shape().extent(axis);
        if (before < 0 || after < 0 || (mode.equals("reflect") && extent < 2)) {
          throw call.refuse(
              "it pads an axis of %d by %d and %d".formatted(extent, before, after),
              "Slice instead.");
        }
        Constant places =
            Constant.of(
                ElementType.INT64,
                new long[] {before + extent + after},
                i -> BatchCount.of((double) source(i - before, extent, mode)));
        result = SlicingRules.rows(call.g(), result, axis, places);
      }
    }
    return result;
  }

  private static long source(long place, long extent, String mode) {
    return switch (mode) {
      case "edge" -> Math.max(0, Math.min(extent - 1, place));
      case "wrap" -> Math.floorMod(place, extent);
      default -> {
        long period = Math.floorMod(place, 2 * (extent - 1));
        yield Math.min(period, 2 * (extent - 1) - period);
      }
    };
  }
}
