package io.github.nolabel.runtime.kernels.model;

import io.github.nolabel.runtime.kernels.model.ProtoFields.Field;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An ONNX model whose graph's nodes can be replaced. ModelProto: graph 7, functions 25. GraphProto:
 * node 1, initializer 5, input 11, output 12, value_info 13.
 */
public final class GraphProto {

  private static final int GRAPH = 7;
  private static final int FUNCTION = 25;
  private static final int NODE = 1;
  private static final int INITIALIZER = 5;
  private static final int INPUT = 11;
  private static final int OUTPUT = 12;
  private static final int BETWEEN = 13;
  private static final byte[] TRUE = {1};

  private final List<Field> model;
  private final List<Field> graph;
  private final List<NodeProto> nodes;

  private GraphProto(List<Field> model) {
    this.model = model;
    this.graph =
        model.stream()
            .filter(field -> field.number() == GRAPH)
            .flatMap(field -> field.fields().stream())
            .toList();
    this.nodes =
        graph.stream().filter(field -> field.number() == NODE).map(NodeProto::read).toList();
  }

  /**
   * @throws IllegalArgumentException if it is no protobuf message
   */
  public static GraphProto of(byte[] model) {
    return new GraphProto(ProtoFields.of(ByteBuffer.wrap(model)));
  }

  /** In the order in which they run. */
  public List<NodeProto> nodes() {
    return nodes;
  }

  /** The names of its outputs. */
  public List<String> results() {
    return graph.stream()
        .filter(field -> field.number() == OUTPUT)
        .flatMap(output -> output.fields().stream())
        .filter(field -> field.number() == 1)
        .map(Field::text)
        .toList();
  }

  /** Extents of float32 tensors that are fed or kept, where they are all known. */
  public Map<String, List<Long>> floats() {
    return extents(
        Stream.concat(declared(INITIALIZER, Declaration::kept), declared(INPUT, Declaration::given))
            .filter(Declaration::isFloat));
  }

  /** Outputs that are one float32 number without axes. */
  public Set<String> numbers() {
    return declared(OUTPUT, Declaration::given)
        .filter(value -> value.isFloat() && value.extents().isEmpty())
        .map(Declaration::name)
        .collect(Collectors.toSet());
  }

  /** What is given to the graph and is true or false for all. */
  public Set<String> flags() {
    return declared(INPUT, Declaration::given)
        .filter(given -> given.isFlag() && given.extents().stream().allMatch(e -> e == 1))
        .map(Declaration::name)
        .collect(Collectors.toSet());
  }

  /** Kept tensors of one bool that is true, as one byte. TensorProto: raw_data 9. */
  public Set<String> truths() {
    return graph.stream()
        .filter(field -> field.number() == INITIALIZER)
        .filter(kept -> Declaration.kept(kept).isFlag())
        .filter(
            kept ->
                kept.fields().stream()
                    .anyMatch(f -> f.number() == 9 && f.bytes().equals(ByteBuffer.wrap(TRUE))))
        .map(kept -> Declaration.kept(kept).name())
        .collect(Collectors.toSet());
  }

  /** Float32 tensors of one number that does not change. */
  public Map<String, Float> scalars() {
    return ScalarProto.of(graph.stream().filter(f -> f.number() == INITIALIZER), nodes);
  }

  /** Kept lists of whole numbers. TensorProto: int64_data 7, raw_data 9. */
  public Map<String, List<Long>> lists() {
    Map<String, List<Long>> lists = new HashMap<>();
    for (Field kept : graph) {
      if (kept.number() == INITIALIZER && Declaration.kept(kept).isWhole()) {
        lists.put(Declaration.kept(kept).name(), wholes(kept.fields()));
      }
    }
    return lists;
  }

  private static List<Long> wholes(List<Field> tensor) {
    List<Long> wholes = new ArrayList<>();
    for (Field field : tensor) {
      if (field.number() == 7) {
        wholes.addAll(field.wholes());
      } else if (field.number() == 9) {
        LongBuffer raw = field.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
        while (raw.hasRemaining()) {
          wholes.add(raw.get());
        }
      }
    }
    return wholes;
  }

  /** Extents of all tensors of which the model tells them. */
  public Map<String, List<Long>> known() {
    Stream<Declaration> given =
        Stream.concat(declared(INPUT, Declaration::given), declared(BETWEEN, Declaration::given));
    return extents(Stream.concat(declared(INITIALIZER, Declaration::kept), given));
  }

  private static Map<String, List<Long>> extents(Stream<Declaration> declarations) {
    Map<String, List<Long>> extents = new HashMap<>();
    declarations.filter(Declaration::isKnown).forEach(d -> extents.put(d.name(), d.extents()));
    return extents;
  }

  private Stream<Declaration> declared(int number, Function<Field, Declaration> read) {
    return graph.stream().filter(field -> field.number() == number).map(read);
  }

  /** Whether nodes can read tensors that are not among their inputs, or be kept elsewhere. */
  public boolean hasInnerGraphs() {
    return model.stream().anyMatch(field -> field.number() == FUNCTION)
        || nodes.stream().anyMatch(NodeProto::hasInnerGraph);
  }

  /** The same model with these nodes. */
  public byte[] with(List<NodeProto> others) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    others.forEach(node -> ProtoFields.write(inner, NODE, ByteBuffer.wrap(node.bytes())));
    graph.stream().filter(field -> field.number() != NODE).forEach(f -> f.writeTo(inner));
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    model.stream().filter(field -> field.number() != GRAPH).forEach(f -> f.writeTo(whole));
    ProtoFields.write(whole, GRAPH, ByteBuffer.wrap(inner.toByteArray()));
    return whole.toByteArray();
  }
}
