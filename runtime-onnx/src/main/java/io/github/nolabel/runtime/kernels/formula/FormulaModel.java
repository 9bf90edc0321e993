package io.github.nolabel.runtime.kernels.formula;

import io.github.nolabel.runtime.kernels.model.GraphProto;
import io.github.nolabel.runtime.kernels.model.OperatorSets;
import java.util.List;

/**
 * Puts one {@link Formula} in the place of the many operators that give a weight, its moments and
 * its teacher their next values, and of those that write them. Nobody else reads what lies between,
 * so that it need not pass through memory. Small weights of equal extents share one.
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
    List<FormulaDraft> possible =
        updates.drafts().stream()
            .filter(draft -> draft.isWorthIt(updates.declared()))
            .filter(draft -> writes.inPlace(draft).isPresent())
            .toList();
    List<Updates.Replacement> formulas = formulas(graph, possible);
    return formulas.isEmpty()
        ? model
        : OperatorSets.named(
            graph.with(choices.numbered(Updates.replaced(graph.nodes(), formulas))),
            FormulaKernel.DOMAIN);
  }

  /** One for several drafts where those can be written together. */
  private static List<Updates.Replacement> formulas(GraphProto graph, List<FormulaDraft> alone) {
    List<FormulaDraft> joined = SmallDrafts.joined(alone);
    List<Updates.Replacement> found = inPlace(graph, joined);
    return found.size() == joined.size() ? found : inPlace(graph, alone);
  }

  private static List<Updates.Replacement> inPlace(GraphProto graph, List<FormulaDraft> drafts) {
    FormulaWrites writes = FormulaWrites.of(graph, drafts);
    return drafts.stream().flatMap(draft -> writes.inPlace(draft).stream()).toList();
  }
}
