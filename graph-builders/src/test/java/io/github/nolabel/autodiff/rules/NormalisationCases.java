package io.github.nolabel.autodiff.rules;

import static io.github.nolabel.autodiff.rules.Operand.batch;
import static io.github.nolabel.autodiff.rules.Operand.in;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.ArrayList;
import java.util.List;

final class NormalisationCases {

  private static final double EPSILON = 1e-3;

  private NormalisationCases() {}

  static List<GradientCase> all() {
    List<GradientCase> cases = new ArrayList<>();
    for (Operand x : List.of(in(2, 5), batch(5), in(2, 3, 4))) {
      for (int axis : new int[] {-1, 0}) {
        String variant = x.shape() + " along " + axis;
        cases.add(GradientCase.of("Softmax", variant, (g, v) -> g.softmax(v.get(0), axis), x));
        cases.add(
            GradientCase.of("LogSoftmax", variant, (g, v) -> g.logSoftmax(v.get(0), axis), x));
      }
    }
    cases.add(
        GradientCase.of("Softmax", "middle axis", (g, v) -> g.softmax(v.get(0), 1), in(2, 3, 4)));
    for (Operand x : List.of(batch(4), in(2, 3, 5), batch(3, 6))) {
      cases.add(layerNorm(x).tolerance(1e-5));
    }
    for (Operand x : List.of(batch(4), in(6, 2), batch(2, 3, 3), in(2, 3, 2, 2))) {
      cases.add(batchNorm(x).tolerance(1e-5));
      cases.add(batchNormInference(x));
    }
    return cases;
  }

  private static GradientCase layerNorm(Operand x) {
    long width = x.shape().extent(-1);
    return GradientCase.of(
        "LayerNormalization",
        x.shape().toString(),
        (g, v) -> g.layerNorm(v.get(0), v.get(1), v.get(2), EPSILON).get(0),
        x,
        in(width),
        in(width));
  }

  private static GradientCase batchNorm(Operand x) {
    Operand channels = in(x.shape().extent(1));
    return GradientCase.of(
        "BatchNormInternal",
        x.shape().toString(),
        NormalisationCases::trained,
        x,
        channels,
        channels,
        channels.constant(),
        channels.positive().constant());
  }

  private static Value trained(Ops g, List<Value> v) {
    return g.batchNormTraining(v.get(0), v.get(1), v.get(2), v.get(3), v.get(4), 0.9, EPSILON)
        .get(0);
  }

  private static GradientCase batchNormInference(Operand x) {
    Operand channels = in(x.shape().extent(1));
    return GradientCase.of(
        "BatchNormalization",
        x.shape().toString(),
        (g, v) -> g.batchNormInference(v.get(0), v.get(1), v.get(2), v.get(3), v.get(4), EPSILON),
        x,
        channels,
        channels,
        channels.constant(),
        channels.positive().constant());
  }
}
