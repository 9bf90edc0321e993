package io.github.nolabel.networks.table;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.file.OnnxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** A node whose inputs have been computed: all that a rule sees. */
public final class OperatorCall {

  private final OnnxNode node;
  private final long opset;
  private final List<Optional<FileValue>> inputs;
  private final TranslationContext setting;
  private final List<Value> layoutOf = new ArrayList<>();
  private boolean meetsWeight;

  OperatorCall(
      OnnxNode node, long opset, List<Optional<FileValue>> inputs, TranslationContext setting) {
    this.node = node;
    this.opset = opset;
    this.inputs = List.copyOf(inputs);
    this.setting = setting;
  }

  public Ops g() {
    return setting.ops(node);
  }

  public Mode mode() {
    return setting.mode();
  }

  public TranslationContext setting() {
    return setting;
  }

  public OnnxNode node() {
    return node;
  }

  public String op() {
    return node.operator().name();
  }

  /** The version of the standard operators that the node is written for. */
  public long opset() {
    return opset;
  }

  public NodeAttributes attributes() {
    return new NodeAttributes(this);
  }

  public int inputCount() {
    return inputs.size();
  }

  public boolean has(int input) {
    return input < inputs.size() && inputs.get(input).isPresent();
  }

  /** How many results are asked for. */
  public int outputCount() {
    return node.outputs().size();
  }

  public FileValue item(int input) {
    if (!has(input)) {
      throw refuse("input %d is missing".formatted(input + 1), "The file is damaged.");
    }
    return inputs.get(input).orElseThrow();
  }

  /** An input as the graph computes with it. */
  public Value live(int input, WeightUse use) {
    FileValue item = item(input);
    Value value;
    if (item instanceof FileValue.Weight weight && isParameter(weight, use)) {
      value = setting.weights().value(weight, use, this);
      meetsWeight = true;
    } else if (item instanceof FileValue.Live live) {
      value = live.value();
      setting.weights().used(value, use, this);
    } else {
      value = constant(known(input));
      frozen(input, use, value);
    }
    if (use == WeightUse.LAYOUT) {
      layoutOf.add(value);
    }
    return value;
  }

  private void frozen(int input, WeightUse use, Value value) {
    boolean kernel = use == WeightUse.KERNEL && value.type() == ElementType.FLOAT;
    if (kernel && value.shape().rank() > 1) {
      setting.weights().frozen(node.inputs().get(input));
    }
  }

  private boolean isParameter(FileValue.Weight weight, WeightUse use) {
    if (use.alwaysWeight() || weight.single() || !isPlain()) {
      return use.alwaysWeight() || !weight.single();
    }
    setting.weights().kept(weight.name(), "it prepares the images");
    return false;
  }

  /** Whether nothing but images and constants come in. */
  private boolean isPlain() {
    List<FileValue> lively =
        inputs.stream().flatMap(Optional::stream).filter(i -> i instanceof FileValue.Live).toList();
    return !meetsWeight && !lively.isEmpty() && lively.stream().allMatch(setting.plain()::holds);
  }

  /** Which parameter {@code weight} is here. */
  public WeightKey key(FileValue.Weight weight, WeightUse use) {
    boolean statistic = use == WeightUse.MEAN || use == WeightUse.VARIANCE;
    String place = statistic ? use + " " + node.name() + " " + node.outputs() : "";
    return new WeightKey(weight.name(), place);
  }

  public Value live(int input) {
    return live(input, WeightUse.DATA);
  }

  /** All inputs, used alike. */
  public List<Value> allLive(WeightUse use) {
    return IntStream.range(0, inputCount()).mapToObj(i -> live(i, use)).toList();
  }

  /** An input that must not depend on the images. */
  public Constant known(int input) {
    FileValue item = item(input);
    if (item instanceof Constant known) {
      return known;
    }
    if (item instanceof FileValue.Weight weight) {
      return Constant.of(weight.initial());
    }
    throw refuse(
        "input %d ('%s') depends on the images".formatted(input + 1, node.inputs().get(input)),
        "Shapes and settings must be known before training: export with a fixed image size, or choose a feature output before this node.");
  }

  public boolean isLive(int input) {
    return item(input) instanceof FileValue.Live;
  }

  /** The shape of an input, whatever it is. */
  public Shape shape(int input) {
    FileValue item = item(input);
    if (item instanceof FileValue.Live live) {
      return live.value().shape();
    }
    return item instanceof FileValue.Weight weight
        ? weight.initial().shape()
        : Shape.of(known(input).extents());
  }

  public Value constant(Constant known) {
    if (!known.isFixed()) {
      throw refuse(
          "a number that depends on the batch size meets a tensor",
          "Export with a fixed batch size of 1.");
    }
    Tensor tensor = known.tensor();
    return tensor.type() == ElementType.FLOAT && tensor.shape().rank() == 0
        ? g().constant(known.number())
        : g().constant(tensor);
  }

  /** Whether all inputs are known, so that the result is too. */
  boolean foldable() {
    return inputs.stream()
        .flatMap(Optional::stream)
        .allMatch(i -> i instanceof Constant || (i instanceof FileValue.Weight w && w.single()));
  }

  void passOn(List<FileValue> results) {
    if (isPlain()) {
      setting.plain().add(results);
      factor().ifPresent(setting.plain()::scaled);
    }
    for (FileValue result : results) {
      if (result instanceof FileValue.Live live) {
        layoutOf.forEach(source -> setting.weights().passedOn(source, live.value()));
      }
    }
  }

  /** What a product or quotient scales by. */
  private OptionalDouble factor() {
    boolean product = op().equals("Mul");
    if ((!product && !op().equals("Div")) || (isLive(1) && isLive(0))) {
      return OptionalDouble.empty();
    }
    Constant known = known(isLive(0) ? 1 : 0);
    double number = known.isFixed() && known.size() > 0 ? known.at(0).fixed() : 0;
    return OptionalDouble.of(product ? number : 1 / number);
  }

  /**
   * The error for a node that cannot be taken over.
   *
   * @param why in a few words
   * @param fix a sentence: what can be done
   */
  public UserMistake refuse(String why, String fix) {
    return new UserMistake("%s: %s: %s. %s".formatted(setting.file(), node.described(), why, fix));
  }
}
