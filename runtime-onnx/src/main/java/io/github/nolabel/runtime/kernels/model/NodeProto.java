package io.github.nolabel.runtime.kernels.model;

import io.github.nolabel.runtime.kernels.model.ProtoFields.Field;
import io.github.nolabel.runtime.kernels.node.Operator;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A node of an ONNX graph that can be written anew. NodeProto: input 1, output 2, name 3, op_type
 * 4, attribute 5, domain 7.
 *
 * @param attributes as they are encoded
 */
public record NodeProto(
    String domain,
    String type,
    String name,
    List<String> inputs,
    List<String> outputs,
    List<ByteBuffer> attributes) {

  static NodeProto read(Field node) {
    return new NodeProto(
        last(node, 7),
        last(node, 4),
        last(node, 3),
        texts(node, 1),
        texts(node, 2),
        node.fields().stream().filter(f -> f.number() == 5).map(Field::bytes).toList());
  }

  /** A node with one input and one output. */
  public static NodeProto of(Operator operator, String input, String output) {
    String name = "%s:%s".formatted(operator.name(), input);
    return new NodeProto(
        operator.domain(), operator.name(), name, List.of(input), List.of(output), List.of());
  }

  /** The same node with another operator, whose maps have the suffix. */
  public NodeProto as(Operator operator, String suffix) {
    return new NodeProto(
        operator.domain(),
        operator.name(),
        name,
        marked(inputs, operator.maps().inputs(), suffix),
        marked(outputs, operator.maps().outputs(), suffix),
        attributes);
  }

  /** The same node with another operator, which reads and writes these tensors. */
  public NodeProto as(Operator operator, List<String> read, List<String> written) {
    return new NodeProto(operator.domain(), operator.name(), name, read, written, attributes);
  }

  /** The same node under another name. */
  public NodeProto named(String other) {
    return new NodeProto(domain, type, other, inputs, outputs, attributes);
  }

  /** The same node, which writes these tensors. */
  public NodeProto writing(List<String> written) {
    return new NodeProto(domain, type, name, inputs, written, attributes);
  }

  public boolean is(String otherDomain, String otherType) {
    return domain.equals(otherDomain) && type.equals(otherType);
  }

  /** Whether it reads no numbers, so that any layout will do. */
  public boolean asksForExtents() {
    return domain.isEmpty() && type.equals("Shape");
  }

  /** The same node, with the suffix after those of its inputs that are among these. */
  public NodeProto reading(Set<String> tensors, String suffix) {
    List<String> renamed =
        inputs.stream().map(input -> tensors.contains(input) ? input + suffix : input).toList();
    return new NodeProto(domain, type, name, renamed, outputs, attributes);
  }

  /** Those inputs that there are. */
  public List<String> inputs(Set<Integer> which) {
    return some(inputs, which);
  }

  /** Those outputs that there are. */
  public List<String> outputs(Set<Integer> which) {
    return some(outputs, which);
  }

  /** Whether all that it makes is zeros. TensorProto: float_data 4, raw_data 9. */
  public boolean isZeros() {
    return is("", "ConstantOfShape")
        && tensor("value")
            .flatMap(value -> value.fields().stream())
            .filter(field -> field.number() == 4 || field.number() == 9)
            .allMatch(Field::isZero);
  }

  /** An attribute that is a text; empty if it is missing. AttributeProto: s 4. */
  public String text(String attribute) {
    return attribute(attribute)
        .filter(field -> field.number() == 4)
        .map(Field::text)
        .findFirst()
        .orElse("");
  }

  /** An attribute that is a list of whole numbers; empty if it is missing. */
  public List<Long> wholes(String attribute) {
    return attribute(attribute)
        .filter(field -> field.number() == 8)
        .flatMap(field -> field.wholes().stream())
        .toList();
  }

  /**
   * An attribute that is a whole number, or what is meant if it is missing. AttributeProto: i 3.
   */
  public long whole(String attribute, long otherwise) {
    List<Field> fields = attribute(attribute).toList();
    return fields.isEmpty()
        ? otherwise
        : fields.stream().filter(f -> f.number() == 3).mapToLong(Field::whole).sum();
  }

  /** An attribute that is a number, or what is meant if it is missing. AttributeProto: f 2. */
  public float number(String attribute, float otherwise) {
    return attribute(attribute)
        .filter(field -> field.number() == 2)
        .map(field -> Float.intBitsToFloat((int) field.whole()))
        .findFirst()
        .orElse(otherwise);
  }

  /** An attribute that is a tensor. AttributeProto: t 5. */
  Stream<Field> tensor(String attribute) {
    return attribute(attribute).filter(field -> field.number() == 5);
  }

  private Stream<Field> attribute(String named) {
    return attributes.stream()
        .map(ProtoFields::of)
        .filter(fields -> fields.stream().anyMatch(f -> f.number() == 1 && f.text().equals(named)))
        .flatMap(List::stream);
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    inputs.forEach(input -> ProtoFields.write(out, 1, input));
    outputs.forEach(output -> ProtoFields.write(out, 2, output));
    ProtoFields.write(out, 3, name);
    ProtoFields.write(out, 4, type);
    attributes.forEach(attribute -> ProtoFields.write(out, 5, attribute));
    ProtoFields.write(out, 7, domain);
    return out.toByteArray();
  }

  /** Whether an attribute holds a graph. AttributeProto: g 6, graphs 11. */
  boolean hasInnerGraph() {
    return attributes.stream()
        .flatMap(attribute -> ProtoFields.of(attribute).stream())
        .anyMatch(field -> field.number() == 6 || field.number() == 11);
  }

  private static List<String> some(List<String> names, Set<Integer> which) {
    return which.stream()
        .sorted()
        .filter(i -> i < names.size())
        .map(names::get)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static List<String> marked(List<String> names, Set<Integer> which, String suffix) {
    List<String> marked = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      marked.add(which.contains(i) && !name.isEmpty() ? name + suffix : name);
    }
    return marked;
  }

  private static List<String> texts(Field node, int number) {
    return node.fields().stream().filter(f -> f.number() == number).map(Field::text).toList();
  }

  private static String last(Field node, int number) {
    List<String> texts = texts(node, number);
    return texts.isEmpty() ? "" : texts.get(texts.size() - 1);
  }
}
