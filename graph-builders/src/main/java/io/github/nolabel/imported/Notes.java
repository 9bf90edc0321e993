package io.github.nolabel.imported;

import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Role;
import io.github.nolabel.imported.table.Use;
import io.github.nolabel.onnx.read.OnnxFile;
import java.util.ArrayList;
import java.util.List;

/** What people should know about a network that was taken over. */
final class Notes {

  private Notes() {}

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
    boolean normalised = weights.stream().anyMatch(w -> w.use() == Use.MEAN);
    boolean otherwise = nodes.stream().anyMatch(n -> n.op().equals("LayerNormalization"));
    if (biased > 1 && !normalised && !otherwise) {
      notes.add(
          "It has no BatchNormalization, and %d convolutions with an offset: where the exporter folded normalisation into them, it stays folded and trains as part of them."
              .formatted(biased));
    }
    return notes;
  }
}
