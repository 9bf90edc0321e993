package io.github.nolabel.evaluation;

import io.github.nolabel.api.Require;
import java.util.List;

/**
 * Whether an image's nearest neighbours tell its label.
 *
 * @param name such as {@code accuracy} or {@code sameConcept}
 * @param labels one per image of the evaluation set
 * @param neighbours how many vote
 * @param amongQueries whether the other queries of a round answer in place of its gallery, which
 *     training may have seen
 */
public record NeighbourQuestion(
    String name, List<Integer> labels, int neighbours, boolean amongQueries) {

  public NeighbourQuestion {
    labels = List.copyOf(labels);
    Require.positive("neighbours", neighbours);
  }

  /** The round's gallery answers. */
  public NeighbourQuestion(String name, List<Integer> labels, int neighbours) {
    this(name, labels, neighbours, false);
  }

  public NeighbourQuestion withNeighbours(int k) {
    return new NeighbourQuestion(name, labels, k, amongQueries);
  }
}
