package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.nolabel.api.train.OnnxModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The same model with convolutions of int8: static quantization (Jacob et al. 2018, arXiv
 * 1712.05877) as QuantizeLinear and DequantizeLinear around what a runtime joins into integer
 * kernels. What is convolved is uint8 with one range per map, which {@link EightBitRanges} asks the
 * run's images for; weights are int8 with a scale per output channel, {@code w = scale q}, and 7
 * bits of it, as on processors without VNNI the sum of two products would run over; biases are
 * int32 with the scale of the sums.
 */
public final class EightBitConvolutions {

  private static final int LARGEST = 63;
  private static final double LARGEST_BIAS = 0x1p30;

  private final EightBitValues values;
  private final Map<String, Range> ranges;
  private final Map<String, TensorProto> constants;
  private final Map<String, Float> scales = new HashMap<>();
  private final GraphProto.Builder result;

  private EightBitConvolutions(GraphProto graph, Map<String, Range> ranges) {
    this.values = EightBitValues.of(graph);
    this.ranges = ranges;
    this.constants = GraphEdits.constants(graph);
    this.result = graph.toBuilder().clearNode();
  }

  /**
   * Converts a model whose batch normalisation is folded.
   *
   * @param ranges of {@link EightBitRanges#names}
   * @throws io.github.nolabel.api.UserMistake if most of its weights are in no convolution
   */
  public static OnnxModel of(OnnxModel model, Map<String, Range> ranges) {
    return GraphEdits.edited(
        model, graph -> new EightBitConvolutions(graph, ranges).converted(graph));
  }

  private GraphProto converted(GraphProto graph) {
    graph.getInputList().forEach(input -> round(input.getName()));
    for (NodeProto node : graph.getNodeList()) {
      add(node);
      node.getOutputList().forEach(this::round);
    }
    return GraphEdits.withoutUnused(result.build());
  }

  private void add(NodeProto node) {
    NodeProto.Builder reading = node.toBuilder().clearInput();
    node.getInputList().forEach(name -> reading.addInput(read(name)));
    if (EightBitValues.isConvolution(node, constants)) {
      weights(node, reading);
    }
    result.addNode(reading);
  }

  private String read(String name) {
    return values.ranged().containsKey(name) ? name + ":rounded" : name;
  }

  /** {@code q = round(x / scale) + zero, x' = scale (q - zero)} */
  private void round(String name) {
    String ranged = values.ranged().get(name);
    if (ranged == null) {
      return;
    }
    Range range = Objects.requireNonNull(ranges.get(ranged), ranged);
    if (scales.put(ranged, range.scale()) == null) {
      result.addInitializer(GraphEdits.tensor(ranged + ":scale", new float[] {range.scale()}));
      byte[] zero = {(byte) range.zero()};
      int type = TensorProto.DataType.UINT8_VALUE;
      result.addInitializer(GraphEdits.tensor(ranged + ":zero", type, zero));
    }
    linear("QuantizeLinear", name, ranged, name + ":uint8");
    linear("DequantizeLinear", name + ":uint8", ranged, name + ":rounded");
  }

  private void linear(String op, String from, String parameters, String to) {
    List<String> inputs = List.of(from, parameters + ":scale", parameters + ":zero");
    result.addNode(GraphEdits.node(op, inputs, to));
  }

  private void weights(NodeProto conv, NodeProto.Builder reading) {
    TensorProto tensor = Objects.requireNonNull(constants.get(conv.getInput(1)));
    String name = conv.getOutput(0) + ":weight";
    float[] weight = GraphEdits.floats(tensor);
    int channels = (int) tensor.getDims(0);
    float[] bias =
        conv.getInputCount() > 2
            ? GraphEdits.floats(Objects.requireNonNull(constants.get(conv.getInput(2))))
            : new float[0];
    float input = Objects.requireNonNull(scales.get(values.ranged().get(conv.getInput(0))));
    float[] steps = scales(weight, bias, channels, input);
    long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    byte[] integers = integers(weight, steps);
    store(name, GraphEdits.tensor(name + ":int", TensorProto.DataType.INT8_VALUE, integers, shape));
    perChannel(name, steps, TensorProto.DataType.INT8_VALUE, 1);
    reading.setInput(1, name + ":rounded");
    if (bias.length > 0) {
      reading.setInput(2, bias(conv.getOutput(0) + ":bias", bias, steps, input));
    }
  }

  private String bias(String name, float[] bias, float[] steps, float input) {
    int[] integers = new int[bias.length];
    float[] sums = new float[bias.length];
    for (int channel = 0; channel < bias.length; channel++) {
      sums[channel] = input * steps[channel];
      integers[channel] = (int) Math.rint((double) bias[channel] / sums[channel]);
    }
    store(name, GraphEdits.tensor(name + ":int", integers, bias.length));
    perChannel(name, sums, TensorProto.DataType.INT32_VALUE, Integer.BYTES);
    return name + ":rounded";
  }

  private void store(String name, TensorProto integers) {
    result.addInitializer(integers);
    List<String> inputs = List.of(name + ":int", name + ":scales", name + ":zeros");
    NodeProto node = GraphEdits.node("DequantizeLinear", inputs, name + ":rounded");
    result.addNode(node.toBuilder().addAttribute(GraphEdits.integer("axis", 0)));
  }

  private void perChannel(String name, float[] scales, int type, int bytes) {
    result.addInitializer(GraphEdits.tensor(name + ":scales", scales, scales.length));
    byte[] zeros = new byte[scales.length * bytes];
    result.addInitializer(GraphEdits.tensor(name + ":zeros", type, zeros, scales.length));
  }

  /** A scale per output channel, large enough for the bias to be an int32 of the sums' scale. */
  private static float[] scales(float[] weight, float[] bias, int channels, float input) {
    float[] scales = new float[channels];
    int row = weight.length / channels;
    for (int channel = 0; channel < channels; channel++) {
      float largest = 0;
      for (int i = channel * row; i < (channel + 1) * row; i++) {
        largest = Math.max(largest, Math.abs(weight[i]));
      }
      double ofBias = bias.length == 0 ? 0 : Math.abs(bias[channel]) / (input * LARGEST_BIAS);
      float scale = (float) Math.max(largest / LARGEST, ofBias);
      scales[channel] = scale >= Float.MIN_NORMAL ? scale : 1;
    }
    return scales;
  }

  private static byte[] integers(float[] weight, float[] scales) {
    byte[] integers = new byte[weight.length];
    int row = weight.length / scales.length;
    for (int i = 0; i < weight.length; i++) {
      double rounded = Math.rint(weight[i] / scales[i / row]);
      integers[i] = (byte) Math.max(-LARGEST, Math.min(LARGEST, rounded));
    }
    return integers;
  }
}
