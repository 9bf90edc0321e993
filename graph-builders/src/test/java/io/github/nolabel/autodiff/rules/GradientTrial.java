package io.github.nolabel.autodiff.rules;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.onnx.OnnxWriter;
import io.github.nolabel.testing.Nd;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A case of the gradient table as a model to run somewhere else: an operator, its gradients, what
 * to feed, and what must come out.
 *
 * @param expected by output, computed in float64
 * @param tolerance of float32, relative to the largest element of an output, or to 1 if that is
 *     less
 */
public record GradientTrial(
    String name,
    OnnxModel model,
    Map<String, Tensor> feeds,
    Map<String, Nd> expected,
    double tolerance) {

  public GradientTrial {
    feeds = Collections.unmodifiableMap(new LinkedHashMap<>(feeds));
    expected = Collections.unmodifiableMap(new LinkedHashMap<>(expected));
  }

  /** Every case that the rules are tested with. */
  public static List<GradientTrial> all() {
    return GradientCases.all().stream().map(GradientTrial::of).toList();
  }

  private static GradientTrial of(GradientCase row) {
    Trial trial = Trial.backward(row);
    return new GradientTrial(
        row.toString(),
        OnnxWriter.training(trial.graph()),
        trial.feeds(),
        trial.reference().outputs(),
        row.tolerance());
  }
}
