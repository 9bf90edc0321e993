package io.github.nolabel.runtime.kernels.model;

import io.github.nolabel.runtime.kernels.model.ProtoFields.Field;
import io.github.nolabel.runtime.kernels.node.Operator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes of an ONNX model, those of inner graphs and functions too, as far as the policy asks.
 */
public final class ModelNodes {

  private final List<ModelNode> nodes = new ArrayList<>();
  private final Map<String, Integer> declared = new HashMap<>();
  private final List<Integer> types = new ArrayList<>();

  private ModelNodes() {}

  public static ModelNodes read(byte[] model) {
    ModelNodes nodes = new ModelNodes();
    for (Field field : ProtoFields.of(ByteBuffer.wrap(model))) {
      switch (field.number()) {
        case 7 -> nodes.addGraph(field);
        case 25 -> nodes.addFunction(field);
        default -> {}
      }
    }
    return nodes;
  }

  public List<ModelNode> nodes() {
    return nodes;
  }

  /** Element types by tensor, as far as they are written down. */
  public Map<String, Integer> declared() {
    return declared;
  }

  /** Element types of tensors, and those that casts lead to. */
  public List<Integer> types() {
    return types;
  }

  public boolean has(List<Operator> operators) {
    return nodes.stream().anyMatch(node -> operators.stream().anyMatch(node::is));
  }

  /**
   * @param lists attributes that are lists of whole numbers
   * @param texts attributes that are texts
   */
  public record ModelNode(
      String domain,
      String type,
      String name,
      List<String> inputs,
      Map<String, List<Long>> lists,
      Map<String, String> texts) {

    public boolean is(Operator operator) {
      return type.equals(operator.name()) && plain(domain).equals(operator.domain());
    }

    private static String plain(String domain) {
      return domain.equals("ai.onnx") ? "" : domain;
    }
  }

  /** GraphProto: node 1, initializer 5, input 11, output 12, value_info 13. */
  private void addGraph(Field graph) {
    for (Field field : graph.fields()) {
      switch (field.number()) {
        case 1 -> addNode(field);
        case 5 -> declare(text(field, 8), (int) whole(field, 2));
        case 11, 12, 13 -> declare(text(field, 1), elementType(field));
        default -> {}
      }
    }
  }

  /** FunctionProto: node 7. */
  private void addFunction(Field function) {
    function.fields().stream().filter(field -> field.number() == 7).forEach(this::addNode);
  }

  /** NodeProto: input 1, name 3, op_type 4, attribute 5, domain 7. */
  private void addNode(Field node) {
    Map<String, List<Long>> lists = new LinkedHashMap<>();
    Map<String, String> texts = new LinkedHashMap<>();
    List<String> inputs = new ArrayList<>();
    for (Field field : node.fields()) {
      switch (field.number()) {
        case 1 -> inputs.add(field.text());
        case 5 -> addAttribute(field, lists, texts);
        default -> {}
      }
    }
    nodes.add(new ModelNode(text(node, 7), text(node, 4), text(node, 3), inputs, lists, texts));
  }

  /** AttributeProto: name 1, i 3, s 4, t 5, g 6, ints 8. */
  private void addAttribute(
      Field attribute, Map<String, List<Long>> lists, Map<String, String> texts) {
    String name = text(attribute, 1);
    for (Field field : attribute.fields()) {
      switch (field.number()) {
        case 3 -> noteCast(name, (int) field.whole());
        case 4 -> texts.put(name, field.text());
        case 5 -> types.add((int) whole(field, 2));
        case 6 -> addGraph(field);
        case 8 -> lists.computeIfAbsent(name, n -> new ArrayList<>()).addAll(field.wholes());
        default -> {}
      }
    }
  }

  private void noteCast(String attribute, int value) {
    if (attribute.equals("to") || attribute.equals("dtype")) {
      types.add(value);
    }
  }

  private void declare(String name, int type) {
    declared.put(name, type);
    types.add(type);
  }

  /** ValueInfoProto: type 2; TypeProto: tensor_type 1; Tensor: elem_type 1. */
  private static int elementType(Field value) {
    return value.fields().stream()
        .filter(field -> field.number() == 2)
        .flatMap(type -> type.fields().stream())
        .filter(field -> field.number() == 1)
        .mapToInt(tensor -> (int) whole(tensor, 1))
        .findFirst()
        .orElse(0);
  }

  private static String text(Field message, int number) {
    return message.fields().stream()
        .filter(field -> field.number() == number)
        .map(Field::text)
        .findFirst()
        .orElse("");
  }

  private static long whole(Field message, int number) {
    return message.fields().stream()
        .filter(field -> field.number() == number)
        .mapToLong(Field::whole)
        .findFirst()
        .orElse(0);
  }
}
