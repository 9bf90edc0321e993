package io.github.nolabel.evaluation;

import java.util.List;

/** Which images ask and which answer, by index in the evaluation set. */
public record NeighbourRound(List<Integer> queries, List<Integer> gallery) {

  public NeighbourRound {
    queries = List.copyOf(queries);
    gallery = List.copyOf(gallery);
  }
}
