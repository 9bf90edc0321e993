package io.github.nolabel.networks;

import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Role;
import io.github.nolabel.networks.file.OnnxFile;
import io.github.nolabel.networks.table.WeightUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What people should know about a network that was taken over. */
final class ImportNotes {

  private ImportNotes() {}

  static List<String> of(
      OnnxFile file, List<Node> nodes, List<ImportedWeight> weights, boolean reset) {
    List<String> notes = new ArrayList<>();
    long parameters =
        weights.stream()
            .filter(w -> w.use().role(w.initial().shape()) != Role.STATISTIC)
            .mapToLong(w -> w.initial().elements())
            .sum();
    notes.add(
        "%s: %d trainable numbers in %d weights, %s."
            .formatted(
                file.parts().get(0),
                parameters,
                weights.size(),
                reset ? "drawn anew" : "with the file's values"));
    long biased =
        nodes.stream().filter(n -> n.op().equals("Conv") && n.inputs().size() > 2).count();
    boolean normalised = weights.stream().anyMatch(w -> w.use() == WeightUse.MEAN);
    boolean otherwise = nodes.stream().anyMatch(n -> n.op().equals("LayerNormalization"));
    if (biased > 1 && !normalised && !otherwise) {
      notes.add(
          "It has no BatchNormalization, and %d convolutions with an offset: where the exporter folded normalisation into them, it stays folded and trains as part of them."
              .formatted(biased));
    }
    return notes;
  }

  /**
   * @param kept name to reason
   */
  static List<String> ofConstants(Map<String, String> kept, List<ImportedWeight> weights) {
    List<String> notes = new ArrayList<>();
    kept.forEach((name, why) -> notes.add("'%s' is not trained: %s.".formatted(name, why)));
    List<String> tables =
        weights.stream()
            .filter(w -> w.use().role(w.initial().shape()) == Role.EMBEDDING)
            .map(w -> "%s %s".formatted(w.key().name(), w.initial().shape()))
            .toList();
    if (!tables.isEmpty()) {
      notes.add(
          "Trained as positions, tokens or tables: %s. Set backbone.constants=NAME,... for those that are constants."
              .formatted(String.join(", ", tables)));
    }
    return notes;
  }

  static List<String> ofBatch(OptionalLong fileBatch) {
    return fileBatch.isEmpty()
        ? List.of()
        : List.of(
            "It was exported for batches of %d; its reshapes are read as meant for any batch. Export it with a dynamic batch axis to be sure."
                .formatted(fileBatch.getAsLong()));
  }
}
