package io.github.nolabel.imported.table;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import java.nio.FloatBuffer;

/** Tells weights from constants among the initializers of a file. */
final class Initializers {

  private Initializers() {}

  /** Floats are weights, unless infinities among them show that they mask something. */
  static Item item(String name, Tensor tensor) {
    return tensor.type() == ElementType.FLOAT && isFinite(tensor)
        ? new Item.Weight(name, tensor)
        : Known.of(tensor);
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
