package io.github.nolabel.networks.table;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.networks.file.OnnxGraph;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells weights from constants among the initializers of a file. */
final class Initializers {

  private static final float HIGHEST_MASK = -50;

  private final TranslationContext setting;

  Initializers(TranslationContext setting) {
    this.setting = setting;
  }

  Map<String, FileValue> of(OnnxGraph graph) {
    Map<String, FileValue> items = new LinkedHashMap<>();
    graph.initializers().forEach((name, tensor) -> items.put(name, item(name, tensor)));
    return items;
  }

  /** Floats are weights, unless their values show that they are something else. */
  FileValue item(String name, Tensor tensor) {
    if (tensor.type() == ElementType.FLOAT && holdsNaN(tensor)) {
      throw new UserMistake(
          "%s: weight '%s' holds NaN. The file is damaged, or its training diverged."
              .formatted(setting.file(), name));
    }
    if (tensor.type() != ElementType.FLOAT || !isFinite(tensor)) {
      return Constant.of(tensor);
    }
    String reason = reason(name, tensor);
    if (reason.isEmpty()) {
      return new FileValue.Weight(name, tensor);
    }
    setting.weights().kept(name, reason);
    return Constant.of(tensor);
  }

  /** Why it stays as it is; empty if it is a weight. */
  private String reason(String name, Tensor tensor) {
    if (setting.constants().contains(name)) {
      return "as you said";
    }
    if (SinePositions.are(tensor)) {
      return "sines of positions";
    }
    return isMask(tensor) ? "it masks attention" : "";
  }

  /** Zeros, and one number so low that softmax makes nothing of it. */
  private static boolean isMask(Tensor tensor) {
    float lowest = 0;
    FloatBuffer values = tensor.floats();
    while (values.hasRemaining()) {
      float value = values.get();
      if (value != 0 && (value > HIGHEST_MASK || (lowest != 0 && value != lowest))) {
        return false;
      }
      lowest = Math.min(lowest, value);
    }
    return lowest < 0 && tensor.elements() > 1;
  }

  private static boolean holdsNaN(Tensor tensor) {
    FloatBuffer values = tensor.floats();
    while (values.hasRemaining()) {
      if (Float.isNaN(values.get())) {
        return true;
      }
    }
    return false;
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
