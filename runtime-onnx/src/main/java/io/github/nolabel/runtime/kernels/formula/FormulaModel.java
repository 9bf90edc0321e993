package io.github.nolabel.runtime.kernels.formula;

import io.github.nolabel.runtime.kernels.model.GraphProto;
import io.github.nolabel.runtime.kernels.model.OperatorSets;
import java.util.List;

/**
 * Puts one {@link Formula} in the place of the many operators that give a weight, its moments and
 * its teacher their next values, and of those that write them. Nobody else reads what lies between,
 * so that it need not pass through memory.
 */
public final class FormulaModel {

  private FormulaModel() {}

  /** The same model where nothing is gained. */
  public static byte[] rewritten(byte[] model) {
    return rewritten(model, GraphProto.of(model));
  }

  private static byte[] rewritten(byte[] model, GraphProto graph) {
    if (graph.hasInnerGraphs()) {
      return model;
    }
    Choices choices = Choices.of(graph);
    Updates updates =
        Updates.of(graph, node -> Operation.of(node).isPresent() || choices.isByFlag(node));
    FormulaWrites writes = FormulaWrites.of(graph, updates.drafts());
    List<Updates.Replacement> formulas =
        updates.drafts().stream()
            .filter(draft -> draft.isWorthIt(updates.declared()))
            .flatMap(draft -> writes.inPlace(draft).stream())
            .toList();
    return formulas.isEmpty()
        ? model
        : OperatorSets.named(
            graph.with(choices.numbered(Updates.replaced(graph.nodes(), formulas))),
            FormulaKernel.DOMAIN);
  }
}
