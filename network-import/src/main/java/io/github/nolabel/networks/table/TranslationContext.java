package io.github.nolabel.networks.table;

import io.github.nolabel.api.Dim;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.file.OnnxNode;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where the nodes of a file are being put.
 *
 * @param images the file's input
 * @param fileBatch the batch size that the file was exported for; empty if any
 * @param norms running statistics that have moved
 * @param plain what has not met a weight yet
 * @param constants names of float initializers that are no weights
 */
public record TranslationContext(
    Path file,
    Scope scope,
    Weights weights,
    Value images,
    OptionalLong fileBatch,
    MovedStatistics norms,
    PlainImages plain,
    Set<String> constants) {

  /** How many images a step brings: N, or 2N where two views are joined. */
  public Dim batch() {
    return images.shape().dim(0);
  }

  Ops ops(OnnxNode node) {
    String name = node.name().replaceAll("[^A-Za-z0-9_./-]", "_").replaceAll("^/+|/+$", "");
    return name.isEmpty() ? scope.ops() : scope.graph().ops(scope.path() + "/" + name);
  }

  Mode mode() {
    return scope.mode();
  }
}
