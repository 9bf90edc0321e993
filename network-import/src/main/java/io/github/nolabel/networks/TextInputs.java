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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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
  private static final String TOKENS = "last_hidden_state";

  /**
   * @throws UserMistake if the file takes something else, or texts of another length only
   */
  TextInputs {
    Set<String> names =
        file.graph().inputs().stream().map(OnnxGraph.Input::name).collect(Collectors.toSet());
    if (!names.containsAll(Set.of(IDS, MASK)) || !Set.of(IDS, MASK, TYPES).containsAll(names)) {
      throw new UserMistake(
          "%s takes %s, expected input_ids, attention_mask and, at most, token_type_ids. Export the text network alone."
              .formatted(file.parts().get(0), String.join(", ", names)));
    }
    for (OnnxGraph.Input input : file.graph().inputs()) {
      check(file, input, length);
    }
  }

  private static void check(OnnxFile file, OnnxGraph.Input input, int length) {
    List<OptionalLong> extents = input.extents();
    if (extents.size() != 2
        || extents.get(0).isPresent()
        || extents.get(1).orElse(length) != length) {
      throw new UserMistake(
          "%s: '%s' does not take any number of texts of text.length = %d tokens. Export it with free batch and length."
              .formatted(file.parts().get(0), input.name(), length));
    }
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
        .filter(node -> node.inputs().get(1).equals(IDS))
        .map(node -> node.inputs().get(0))
        .filter(tables::containsKey)
        .map(name -> Objects.requireNonNull(tables.get(name)).shape().extent(0))
        .findFirst();
  }

  /** By the file's names; every token is of type 0. */
  Map<String, FileValue> fed(Ops g, Value ids, Value mask) {
    Map<String, FileValue> fed = new LinkedHashMap<>();
    fed.put(IDS, new FileValue.Live(ids));
    fed.put(MASK, new FileValue.Live(mask));
    if (file.graph().inputs().stream().anyMatch(input -> input.name().equals(TYPES))) {
      fed.put(TYPES, new FileValue.Live(g.sub(ids, ids)));
    }
    return fed;
  }
}
