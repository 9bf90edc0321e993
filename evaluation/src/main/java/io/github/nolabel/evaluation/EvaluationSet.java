package io.github.nolabel.evaluation;

import io.github.nolabel.api.Tensor;
import java.util.List;

/** Images that training has not seen (queries at least), and what is asked of their features. */
public interface EvaluationSet {

  int size();

  /** All images in index order, preprocessed: float[n, 3, S, S], n at most {@code batchSize}. */
  Iterable<Tensor> batches(int batchSize);

  /** The headline question first; empty if nothing is labelled. */
  List<NeighbourQuestion> questions();

  List<NeighbourRound> rounds();
}
