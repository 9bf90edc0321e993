package io.github.nolabel.evaluation;

import io.github.nolabel.api.Require;
import java.util.List;

/**
 * Whether an image's nearest neighbours tell its label.
 *
 * @param name such as {@code accuracy} or {@code sameConcept}
 * @param labels one per image of the evaluation set
 * @param neighbours how many vote
 */
public record NeighbourQuestion(String name, List<Integer> labels, int neighbours) {

  public NeighbourQuestion {
    labels = List.copyOf(labels);
    Require.positive("neighbours", neighbours);
  }

  public NeighbourQuestion withNeighbours(int k) {
    return new NeighbourQuestion(name, labels, k);
  }
}
