package io.github.nolabel.networks.table;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.networks.file.OnnxFile;
import io.github.nolabel.networks.file.OnnxFunction;
import io.github.nolabel.networks.file.OnnxGraph;
import io.github.nolabel.networks.file.OnnxNode;
import io.github.nolabel.networks.file.OnnxNode.AttributeReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Goes through the nodes of a file and applies their rules. Functions and the taken branches of
 * conditions are gone through in place.
 */
public final class GraphTranslation {

  private final OnnxFile file;
  private final TranslationTable table;
  private final TranslationContext setting;
  private final NetworkSize size;
  private final Initializers initializers;
  private final boolean constantsAreWeights;

  public GraphTranslation(OnnxFile file, TranslationTable table, TranslationContext setting) {
    this.file = file;
    this.table = table;
    this.setting = setting;
    double held = file.graph().initializers().values().stream().mapToDouble(Tensor::elements).sum();
    this.size = new NetworkSize(setting.file(), NetworkSize.elements(setting.images()), held);
    this.initializers = new Initializers(setting);
    this.constantsAreWeights = WeightNodes.holdAll(file.graph());
  }

  /** {@link #run(Map, String)} of a file with one input. */
  public FileValue run(FileValue images, String wanted) {
    return run(Map.of(file.graph().inputs().get(0).name(), images), wanted);
  }

  /**
   * The value of a name.
   *
   * @param fed what stands for the file's inputs
   * @throws UserMistake if a node on the way there cannot be taken over
   */
  public FileValue run(Map<String, FileValue> fed, String wanted) {
    return new Frame(fed, file.opset(), 0).run(file.graph(), List.of(wanted)).get(0);
  }

  /** Names that can be seen at one place. */
  private final class Frame {

    private final Map<String, FileValue> names;
    private final long opset;
    private final int depth;

    Frame(Map<String, FileValue> names, long opset, int depth) {
      this.names = new LinkedHashMap<>(names);
      this.opset = opset;
      this.depth = depth;
    }

    List<FileValue> run(OnnxGraph graph, List<String> wanted) {
      names.putAll(initializers.of(graph));
      return run(graph.nodes(), wanted);
    }

    List<FileValue> run(List<OnnxNode> body, List<String> wanted) {
      for (OnnxNode node : NeededNodes.of(body, wanted)) {
        bind(node, apply(node));
      }
      return wanted.stream().map(name -> find(name, "the outputs")).toList();
    }

    private void bind(OnnxNode node, List<FileValue> results) {
      for (int i = 0; i < Math.min(results.size(), node.outputs().size()); i++) {
        names.put(node.outputs().get(i), results.get(i));
        size.add(node, results.get(i));
      }
    }

    private List<FileValue> apply(OnnxNode node) {
      size.enter(node, depth);
      List<Optional<FileValue>> inputs =
          IntStream.range(0, node.inputs().size()).mapToObj(i -> input(node, i)).toList();
      OperatorCall call = new OperatorCall(node, opset, inputs, setting);
      OnnxFunction function = file.functions().get(node.operator());
      if (function != null) {
        return inlined(function, call);
      }
      return node.operator().toString().equals("If")
          ? branch(call)
          : stillWeight(call).map(List::of).orElseGet(() -> RowApplication.of(call, table));
    }

    private Optional<FileValue> input(OnnxNode node, int index) {
      String name = node.inputs().get(index);
      boolean absent =
          name.isEmpty() || (!names.containsKey(name) && !NeededNodes.reads(node, index));
      return absent ? Optional.empty() : Optional.of(find(name, node.described()));
    }

    private Optional<FileValue> stillWeight(OperatorCall call) {
      String path = depth == 0 ? "" : call.node().name() + "/";
      return new WeightNodes(initializers, path, constantsAreWeights).of(call);
    }

    private List<FileValue> inlined(OnnxFunction function, OperatorCall call) {
      Map<String, FileValue> arguments = new LinkedHashMap<>();
      for (int i = 0; i < Math.min(function.inputs().size(), call.inputCount()); i++) {
        if (call.has(i)) {
          arguments.put(function.inputs().get(i), call.item(i));
        }
      }
      Map<String, Object> attributes = new LinkedHashMap<>(function.defaults());
      attributes.putAll(call.node().attributes());
      List<OnnxNode> body =
          function.nodes().stream().map(n -> resolved(n, attributes, call.node().name())).toList();
      long version = function.opset() > 0 ? function.opset() : opset;
      return new Frame(arguments, version, depth + 1).run(body, function.outputs());
    }

    private List<FileValue> branch(OperatorCall call) {
      boolean taken = call.known(0).number() != 0;
      OnnxGraph graph =
          call.attributes()
              .graph(taken ? "then_branch" : "else_branch")
              .orElseThrow(() -> call.refuse("a branch is missing", "The file is damaged."));
      return new Frame(names, opset, depth + 1).run(graph, graph.outputs());
    }

    private FileValue find(String name, String reader) {
      FileValue item = names.get(name);
      if (item == null) {
        throw new UserMistake(
            "%s: value '%s', needed by %s, is computed by nothing before it, or is a result that is not supported. Is the file damaged?"
                .formatted(setting.file(), name, reader));
      }
      return item;
    }
  }

  /** A function's node with the attributes of its call, and a name of its own. */
  private static OnnxNode resolved(OnnxNode node, Map<String, Object> attributes, String caller) {
    Map<String, Object> own = new LinkedHashMap<>();
    node.attributes()
        .forEach(
            (name, value) -> {
              Object given =
                  value instanceof AttributeReference reference
                      ? attributes.get(reference.name())
                      : value;
              if (given != null) {
                own.put(name, given);
              }
            });
    List<String> path = new ArrayList<>(List.of(caller, node.name()));
    path.removeIf(String::isEmpty);
    return new OnnxNode(
        String.join("/", path), node.operator(), node.inputs(), node.outputs(), own);
  }
}
