package io.github.nolabel.networks.rules;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.FileValue;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.TranslationTable;
import io.github.nolabel.networks.table.WeightUse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Softmax and the normalisations. */
final class NormalisationRules {

  private static final double EPSILON = 1e-5;

  /** Vectors of zeros stay zeros. */
  private static final double LEAST_SQUARE = 1e-24;

  private NormalisationRules() {}

  static void addTo(TranslationTable.Builder table) {
    table
        .rule(
            "BatchNormalization", c -> List.<FileValue>of(new FileValue.Live(BatchNormRule.of(c))))
        .live("LayerNormalization", NormalisationRules::layerNorm)
        .live("InstanceNormalization", c -> grouped(c, c.live(0).shape().extent(1)))
        .live("GroupNormalization", c -> grouped(c, c.attributes().integer("num_groups", 1)))
        .live("LpNormalization", NormalisationRules::lengthOne)
        .live("Softmax", c -> softmax(c, Ops::softmax))
        .live("LogSoftmax", c -> softmax(c, Ops::logSoftmax));
  }

  /** Softmax or its logarithm. */
  @FunctionalInterface
  private interface AlongAxis {
    Value apply(Ops g, Value x, int axis);
  }

  /** Up to opset 12, all axes from the given one on are one. */
  private static Value softmax(OperatorCall call, AlongAxis operator) {
    Value x = call.live(0);
    int rank = x.shape().rank();
    boolean joins = call.opset() < 13;
    int axis = Axes.single(call, joins ? 1 : -1, rank);
    if (!joins || axis == rank - 1) {
      return operator.apply(call.g(), x, axis);
    }
    Dim rest = new Shape(x.shape().dims().subList(axis, rank)).elements();
    Dim head = new Shape(x.shape().dims().subList(0, axis)).elements();
    Value flat = call.g().reshape(x, new Shape(List.of(head, rest)));
    return call.g().reshape(operator.apply(call.g(), flat, 1), x.shape());
  }

  private static Value layerNorm(OperatorCall call) {
    Ops g = call.g();
    Value x = call.live(0);
    int rank = x.shape().rank();
    int axis = Axes.single(call, -1, rank);
    Dim width = new Shape(x.shape().dims().subList(axis, rank)).elements();
    Shape wide = new Shape(List.of(width));
    Value gain = g.reshape(call.live(1, WeightUse.SCALE), wide);
    Value bias =
        call.has(2)
            ? g.reshape(call.live(2, WeightUse.OFFSET), wide)
            : g.constant(Tensor.zeros(io.github.nolabel.api.ElementType.FLOAT, width.extent()));
    Dim rows = new Shape(x.shape().dims().subList(0, axis)).elements();
    boolean last = axis == rank - 1;
    Value flat = last ? x : g.reshape(x, new Shape(List.of(rows, width)));
    double epsilon = call.attributes().number("epsilon", EPSILON);
    return g.reshape(g.layerNorm(flat, gain, bias, epsilon).get(0), x.shape());
  }

  private static Value grouped(OperatorCall call, long groups) {
    Ops g = call.g();
    Value x = call.live(0);
    Shape shape = x.shape();
    Dim share =
        Dim.of(new Shape(shape.dims().subList(1, shape.rank())).elements().extent() / groups);
    Value split = g.reshape(x, new Shape(List.of(shape.dim(0), Dim.of(groups), share)));
    Value centred = g.sub(split, g.reduceMean(split, true, 2));
    Value variance = g.reduceMean(g.mul(centred, centred), true, 2);
    double epsilon = call.attributes().number("epsilon", EPSILON);
    Value standard = g.div(centred, g.sqrt(g.add(variance, g.constant(epsilon))));
    Value gain = perChannel(g, call.live(1, WeightUse.SCALE), shape, groups);
    Value bias = perChannel(g, call.live(2, WeightUse.OFFSET), shape, groups);
    return g.add(g.mul(g.reshape(standard, shape), gain), bias);
  }

  /** One number per channel, shaped for [N, C, ...]; up to opset 20 there is one per group. */
  static Value perChannel(Ops g, Value values, Shape shape, long groups) {
    long channels = shape.extent(1);
    Value each = values;
    if (values.shape().extent(0) == groups && groups != channels) {
      each = g.tile(g.reshape(values, Shape.of(groups, 1)), 1, channels / groups);
    }
    long[] extents = new long[shape.rank() - 1];
    Arrays.fill(extents, 1);
    extents[0] = channels;
    return g.reshape(each, Shape.of(extents));
  }

  private static Value lengthOne(OperatorCall call) {
    Ops g = call.g();
    Value x = call.live(0);
    int axis = Axes.single(call, -1, x.shape().rank());
    boolean absolute = call.attributes().integer("p", 2) == 1;
    Value sum = g.reduceSum(absolute ? g.abs(x) : g.mul(x, x), true, axis);
    Value positive = g.max(sum, g.constant(LEAST_SQUARE));
    return g.div(x, absolute ? positive : g.sqrt(positive));
  }

  static int[] spatialAxes(Value x) {
    return IntStream.range(2, x.shape().rank()).toArray();
  }
}
