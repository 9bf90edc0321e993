package io.github.nolabel.fragment;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Scope;
import java.util.Map;

/**
 * First values of a network's parameters.
 *
 * @param byPath by path below the network's scope; parameters that are not among them start as ever
 */
public record StartingValues(Map<String, Tensor> byPath) {

  public StartingValues {
    byPath = Map.copyOf(byPath);
  }

  /** Gives them to the parameters that {@code scope} has by now. */
  public void apply(Scope scope) {
    GraphBuilder graph = scope.graph();
    String folder = scope.path() + "/";
    for (Parameter parameter : graph.parameters()) {
      Tensor first =
          parameter.name().startsWith(folder)
              ? byPath.get(parameter.name().substring(folder.length()))
              : null;
      if (first != null) {
        graph.startAt(parameter.value(), Initializer.values(first));
      }
    }
  }
}
