package com.example.vicreg;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.autodiff.GradientProvider;
import io.github.nolabel.autodiff.GradientTable;
import io.github.nolabel.graph.Attributes;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.onnx.LoweringProvider;
import io.github.nolabel.onnx.LoweringTable;
import java.util.List;

/** An operator of one's own, {@code max(0, margin - x)}: its gradient and what it is in ONNX. */
public final class Hinge implements GradientProvider, LoweringProvider {

  private static final String OP = "Hinge";

  /** What a value lacks of {@code margin}; float of any shape. */
  public static Value of(Ops g, Value x, double margin) {
    return g.emit(OP, x.shape(), Attributes.of("margin", margin), x);
  }

  @Override
  public void addTo(GradientTable.Builder table) {
    table.ofNode(
        OP,
        (g, node, dy) ->
            g.neg(g.mul(dy, g.cast(g.less(g.constant(0), node.output()), ElementType.FLOAT))));
  }

  @Override
  public void addTo(LoweringTable.Builder table) {
    table.put(
        OP,
        (node, onnx) -> {
          String below = onnx.intermediate(node.output().name(), "below");
          String margin = onnx.number(node.attributes().number("margin"));
          onnx.node("Sub", List.of(margin, node.input(0).name()), List.of(below), Attributes.NONE);
          onnx.node("Relu", List.of(below), onnx.outputs(node), Attributes.NONE);
        });
  }
}
