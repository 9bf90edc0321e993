package io.github.nolabel.networks.rules;

import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.FileValue;
import io.github.nolabel.networks.table.MovedStatistics;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.WeightUse;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Batch normalisation (Ioffe and Szegedy 2015). Statistics that are weights of the file move while
 * training; computed ones, as of standardised kernels (Qiao et al. 2019), are computed with.
 */
final class BatchNormRule {

  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.9;

  private BatchNormRule() {}

  static Value of(OperatorCall call) {
    Value x = call.live(0);
    boolean moves = isWeight(call, 3) && isWeight(call, 4);
    if (moves && !x.shape().dim(0).isFixed()) {
      return withRunningStatistics(call, x);
    }
    if (!call.attributes().flag("training_mode", false)) {
      return normalised(call, x, call.live(3, WeightUse.MEAN), call.live(4, WeightUse.VARIANCE));
    }
    if (!x.shape().dim(0).isFixed()) {
      throw call.refuse(
          "it normalises by the batch, and keeps no statistics to extract features with",
          "Export the network in evaluation mode, with statistics that it tracks.");
    }
    Ops g = call.g();
    int[] axes = IntStream.range(0, x.shape().rank()).filter(axis -> axis != 1).toArray();
    Value mean = g.reduceMean(x, false, axes);
    Value centred = g.sub(x, perChannel(g, mean, x));
    return normalised(call, x, mean, g.reduceMean(g.mul(centred, centred), false, axes));
  }

  private static boolean isWeight(OperatorCall call, int input) {
    return call.has(input) && call.item(input) instanceof FileValue.Weight;
  }

  private static Value withRunningStatistics(OperatorCall call, Value x) {
    Ops g = call.g();
    Value gain = call.live(1, WeightUse.SCALE);
    Value bias = call.live(2, WeightUse.OFFSET);
    Value mean = call.live(3, WeightUse.MEAN);
    Value variance = call.live(4, WeightUse.VARIANCE);
    if (call.mode() == Mode.INFERENCE) {
      return g.batchNormInference(x, gain, bias, mean, variance, epsilon(call));
    }
    MovedStatistics norms = call.setting().norms();
    List<Value> results =
        g.batchNormTraining(
            x, gain, bias, norms.newest(mean), norms.newest(variance), kept(call), epsilon(call));
    norms.move(mean, results.get(1));
    norms.move(variance, results.get(2));
    return results.get(0);
  }

  /** {@code gain (x - mean) / sqrt(variance + epsilon) + bias}, whatever the statistics are. */
  private static Value normalised(OperatorCall call, Value x, Value mean, Value variance) {
    Ops g = call.g();
    Value deviation = g.sqrt(g.add(variance, g.constant(epsilon(call))));
    Value gain = g.div(call.live(1, WeightUse.SCALE), deviation);
    Value scaled = g.mul(g.sub(x, perChannel(g, mean, x)), perChannel(g, gain, x));
    return g.add(scaled, perChannel(g, call.live(2, WeightUse.OFFSET), x));
  }

  private static Value perChannel(Ops g, Value values, Value x) {
    long channels = x.shape().extent(1);
    return NormalisationRules.perChannel(g, values, x.shape(), channels);
  }

  private static double epsilon(OperatorCall call) {
    return call.attributes().number("epsilon", EPSILON);
  }

  /** Share of the running statistics that a batch leaves in place. */
  private static double kept(OperatorCall call) {
    double given = call.attributes().number("momentum", MOMENTUM);
    return given > 0 && given < 1 ? given : MOMENTUM;
  }
}
