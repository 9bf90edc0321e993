package io.github.nolabel.testing;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.github.nolabel.api.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Writes small ONNX files node by node, as an exporter would: {@code "y = Add(a, b)"}. */
public final class OnnxDraft {

  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("net");
  private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
  private final long opset;

  public OnnxDraft(long opset) {
    this.opset = opset;
    model.addOpsetImport(version("", opset));
  }

  public long opset() {
    return opset;
  }

  /** Adds an input of floats; a negative extent is free. */
  public OnnxDraft input(String name, long... extents) {
    graph.addInput(info(name, extents));
    return this;
  }

  public OnnxDraft output(String name) {
    graph.addOutput(info(name));
    return this;
  }

  /**
   * Adds a node.
   *
   * @param attributes names and values by turns; longs, doubles, texts, arrays, tensors or graphs
   */
  public OnnxDraft node(String line, Object... attributes) {
    graph.addNode(nodeOf("", line, attributes));
    return this;
  }

  public OnnxDraft nodeOfDomain(String domain, String line, Object... attributes) {
    model.addOpsetImport(version(domain, 1));
    graph.addNode(nodeOf(domain, line, attributes));
    return this;
  }

  /** Adds floats between -1 and 1 that are all different. */
  public OnnxDraft weight(String name, long... extents) {
    return floats(name, extents, Waves.of(extents));
  }

  public OnnxDraft floats(String name, long[] extents, double... values) {
    graph.addInitializer(floatTensor(values, extents).toBuilder().setName(name));
    return this;
  }

  /** Adds a vector of whole numbers, such as axes. */
  public OnnxDraft longs(String name, long... values) {
    graph.addInitializer(longTensor(values, values.length).toBuilder().setName(name));
    return this;
  }

  public OnnxDraft initializer(TensorProto tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  public OnnxDraft function(FunctionProto function) {
    model.addFunctions(function);
    return this;
  }

  public OnnxDraft metadata(String key, String value) {
    model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
    return this;
  }

  public GraphProto graph() {
    return graph.build();
  }

  public byte[] bytes() {
    return model.setGraph(graph).build().toByteArray();
  }

  public Path write(Path file) {
    try {
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static NodeProto nodeOf(String domain, String line, Object... attributes) {
    String[] sides = line.split(" = ", 2);
    int open = sides[1].indexOf('(');
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setName("the_" + sides[0].strip())
            .setDomain(domain)
            .setOpType(sides[1].substring(0, open))
            .addAllOutput(names(sides[0]))
            .addAllInput(names(sides[1].substring(open + 1, sides[1].length() - 1)));
    for (int i = 0; i < attributes.length; i += 2) {
      node.addAttribute(attribute((String) attributes[i], attributes[i + 1]));
    }
    return node.build();
  }

  public static TensorProto floatTensor(double[] values, long... extents) {
    TensorProto.Builder tensor = tensor(FLOAT, extents);
    Arrays.stream(values).forEach(value -> tensor.addFloatData((float) value));
    return tensor.build();
  }

  public static TensorProto longTensor(long[] values, long... extents) {
    TensorProto.Builder tensor = tensor(INT64, extents);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    return tensor.build();
  }

  private static TensorProto.Builder tensor(int type, long... extents) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type);
    Arrays.stream(extents).forEach(tensor::addDims);
    return tensor;
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder made = AttributeProto.newBuilder().setName(name);
    if (value instanceof Number number && !(value instanceof Double)) {
      made.setType(AttributeType.INT).setI(number.longValue());
    } else if (value instanceof Double number) {
      made.setType(AttributeType.FLOAT).setF(number.floatValue());
    } else if (value instanceof long[] numbers) {
      made.setType(AttributeType.INTS);
      Arrays.stream(numbers).forEach(made::addInts);
    } else if (value instanceof double[] numbers) {
      made.setType(AttributeType.FLOATS);
      Arrays.stream(numbers).forEach(number -> made.addFloats((float) number));
    } else if (value instanceof TensorProto tensor) {
      made.setType(AttributeType.TENSOR).setT(tensor);
    } else if (value instanceof GraphProto branch) {
      made.setType(AttributeType.GRAPH).setG(branch);
    } else {
      made.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8((String) value));
    }
    return made.build();
  }

  static OperatorSetIdProto version(String domain, long version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }

  private static List<String> names(String list) {
    return list.isBlank()
        ? List.of()
        : Arrays.stream(list.split(",", -1)).map(String::strip).toList();
  }

  private static ValueInfoProto info(String name, long... extents) {
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(FLOAT);
    if (extents.length > 0) {
      TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
      for (long extent : extents) {
        TensorShapeProto.Dimension.Builder dim = TensorShapeProto.Dimension.newBuilder();
        shape.addDim(extent < 0 ? dim.setDimParam("N") : dim.setDimValue(extent));
      }
      tensor.setShape(shape);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** Numbers for tests: neither zero nor equal to each other. */
  private static final class Waves {
    static double[] of(long... extents) {
      double[] values = new double[(int) Shape.of(extents).elements().extent()];
      for (int i = 0; i < values.length; i++) {
        values[i] = 0.9 * Math.sin(1.7 * i + 0.6);
      }
      return values;
    }
  }
}
