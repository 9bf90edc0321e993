package io.github.nolabel.imported.table;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.onnx.read.OnnxGraph;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells weights from constants among the initializers of a file. */
final class Initializers {

  private final Setting setting;

  Initializers(Setting setting) {
    this.setting = setting;
  }

  Map<String, Item> of(OnnxGraph graph) {
    Map<String, Item> items = new LinkedHashMap<>();
    graph.initializers().forEach((name, tensor) -> items.put(name, item(name, tensor)));
    return items;
  }

  /** Floats are weights, unless infinities among them show that they mask something. */
  private Item item(String name, Tensor tensor) {
    if (tensor.type() != ElementType.FLOAT || !isFinite(tensor)) {
      return Known.of(tensor);
    }
    boolean wanted = setting.constants().contains(name);
    if (!wanted && !SinePositions.are(tensor)) {
      return new Item.Weight(name, tensor);
    }
    setting.weights().kept(name, wanted ? "as you said" : "sines of positions");
    return Known.of(tensor);
  }

  private static boolean isFinite(Tensor tensor) {
    FloatBuffer values = tensor.floats();
    while (values.hasRemaining()) {
      if (!Float.isFinite(values.get())) {
        return false;
      }
    }
    return true;
  }
}
