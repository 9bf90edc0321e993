package io.github.nolabel.networks.rules;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.graph.Window;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;
import io.github.nolabel.networks.table.WeightUse;
import java.util.List;

/** Convolutions over images. */
final class ConvolutionRules {

  private static final int LINE = 3;

  private ConvolutionRules() {}

  static void addTo(TranslationTable.Builder table) {
    table.live("Conv", ConvolutionRules::conv).live("Col2Im", PatchesRule::of);
  }

  /** Over tokens, [N, C, length], it slides over images of one row. */
  private static Value conv(OperatorCall call) {
    Value x = call.live(0);
    Value weight = call.live(1, WeightUse.KERNEL);
    if (x.shape().rank() != LINE || weight.shape().rank() != LINE) {
      return conv(call, images(call), weight);
    }
    Ops g = call.g();
    return g.squeeze(conv(call, g.unsqueeze(x, 2), g.unsqueeze(weight, 2)), 2);
  }

  private static Value conv(OperatorCall call, Value x, Value weight) {
    if (weight.type() != ElementType.FLOAT || x.type() != ElementType.FLOAT) {
      throw call.refuse("it slides over whole numbers", "Export the network in float32.");
    }
    SlidingWindow window =
        SlidingWindow.of(call, weight.shape().extent(2), weight.shape().extent(3), size(x));
    int groups = Math.toIntExact(call.attributes().integer("group", 1));
    boolean plain = window.isPlain();
    Value kernel = plain ? weight : squared(call.g(), weight, window);
    Value seen = plain ? x : window.forSquare().apply(call, x, 0);
    Window slid = (plain ? window.plain() : window.square()).groups(groups);
    return call.has(2)
        ? call.g().conv(seen, kernel, call.live(2, WeightUse.OFFSET), slid)
        : call.g().conv(seen, kernel, slid);
  }

  /**
   * Zeros below or beside a kernel that is not square. They are joined on, because the runtime
   * takes a Pad before any input of a convolution for one of its images.
   */
  private static Value squared(Ops g, Value weight, SlidingWindow window) {
    long[] extents = weight.shape().at(0);
    int shorter = window.height() < window.width() ? 2 : 3;
    extents[shorter] = window.side() - extents[shorter];
    return extents[shorter] == 0
        ? weight
        : g.concat(shorter, weight, g.constant(Tensor.zeros(ElementType.FLOAT, extents)));
  }

  static Value images(OperatorCall call) {
    Value x = call.live(0);
    if (x.shape().rank() != 4) {
      throw call.refuse(
          "it slides over %s, expected [N, C, H, W]".formatted(x.shape()),
          "Only networks for images can be trained here.");
    }
    return x;
  }

  static List<Long> size(Value x) {
    return List.of(x.shape().extent(2), x.shape().extent(3));
  }
}
