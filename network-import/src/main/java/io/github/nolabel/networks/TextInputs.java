package io.github.nolabel.networks;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.file.OnnxFile;
import io.github.nolabel.networks.file.OnnxGraph;
import io.github.nolabel.networks.table.FileValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a file of a text network is fed and asked for.
 *
 * @param length of the texts in tokens
 */
record TextInputs(OnnxFile file, int length) {

  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";
  private static final String POSITIONS = "position_ids";
  private static final Set<String> KNOWN = Set.of(IDS, MASK, TYPES, POSITIONS);
  private static final String TOKENS = "last_hidden_state";

  /**
   * @throws UserMistake if the file takes something else, or texts of another length only
   */
  TextInputs {
    Set<String> names = names(file);
    boolean known = names.contains(IDS) && KNOWN.containsAll(names);
    if (!known && names.size() != 1) {
      throw new UserMistake(
          "%s takes %s, expected input_ids and, at most, attention_mask, token_type_ids and position_ids. Export the text network alone."
              .formatted(file.parts().get(0), String.join(", ", names)));
    }
    for (OnnxGraph.Input input : file.graph().inputs()) {
      check(file, input, length);
    }
  }

  private static Set<String> names(OnnxFile file) {
    return file.graph().inputs().stream()
        .map(OnnxGraph.Input::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void check(OnnxFile file, OnnxGraph.Input input, int length) {
    List<OptionalLong> extents = input.extents();
    if (extents.size() != 2) {
      throw new UserMistake(
          "%s: '%s' has %d axes, expected texts and their tokens. Export the text network alone."
              .formatted(file.parts().get(0), input.name(), extents.size()));
    }
    long own = extents.get(1).orElse(length);
    if (own != length) {
      throw new UserMistake(
          "%s takes texts of %d tokens, text.length is %d. Set text.length=%d, or export the file with a free length."
              .formatted(file.parts().get(0), own, length, own));
    }
  }

  /** The number of texts that the file was exported for; empty if any. */
  OptionalLong fileBatch() {
    return file.graph().inputs().get(0).extents().get(0);
  }

  private String ids() {
    return names(file).contains(IDS) ? IDS : names(file).iterator().next();
  }

  Shape shape() {
    return new Shape(List.of(Dim.BATCH, Dim.of(length)));
  }

  /** The output with a feature per token. */
  String tokens() {
    List<String> outputs = file.graph().outputs();
    if (outputs.isEmpty()) {
      throw new UserMistake(file.parts().get(0) + " has no output.");
    }
    return outputs.contains(TOKENS) ? TOKENS : outputs.get(0);
  }

  /** Tokens that the file has vectors for; empty if they are looked up in an unusual way. */
  Optional<Long> vocabulary() {
    Map<String, Tensor> tables = file.graph().initializers();
    return file.graph().nodes().stream()
        .filter(node -> node.operator().name().equals("Gather"))
        .filter(node -> node.inputs().get(1).equals(ids()))
        .map(node -> node.inputs().get(0))
        .filter(tables::containsKey)
        .map(name -> Objects.requireNonNull(tables.get(name)).shape().extent(0))
        .findFirst();
  }

  /** By the file's names; every token is of type 0, and its position is its place. */
  Map<String, FileValue> fed(Ops g, Value ids, Value mask) {
    Value zeros = g.sub(ids, ids);
    Map<String, Value> all = new LinkedHashMap<>();
    all.put(ids(), ids);
    all.put(MASK, mask);
    all.put(TYPES, zeros);
    all.put(POSITIONS, g.add(zeros, g.numbers(length)));
    all.keySet().retainAll(names(file));
    Map<String, FileValue> fed = new LinkedHashMap<>();
    all.forEach((name, value) -> fed.put(name, new FileValue.Live(value)));
    return fed;
  }

  /** What people should know, in sentences. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!names(file).contains(MASK)) {
      notes.add("The file takes no attention_mask, so tokens may see the padding after a text.");
    }
    if (names(file).contains(POSITIONS)) {
      notes.add(
          "position_ids are fed as 0, 1, 2, ...; a file of RoBERTa or MPNet, which count from elsewhere, must be exported without that input.");
    }
    return notes;
  }
}
