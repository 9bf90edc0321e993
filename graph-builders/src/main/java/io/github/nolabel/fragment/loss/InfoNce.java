package io.github.nolabel.fragment.loss;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * Finds each query's key among others (van den Oord et al. 2018, arXiv 1807.03748; He et al. 2020,
 * arXiv 1911.05722): the cross entropy of {@code softmax(q k / T)} for the right key.
 *
 * <pre>
 * loss = mean_i( logsumexp_j(q_i k_j / T) - q_i k_i / T ),   |q| = |k| = 1
 * </pre>
 *
 * At least 0; the logarithm of the number of candidates when all are equal. Keys carry gradients
 * unless the caller detaches them.
 *
 * <p>Within a configuration it is the option {@code temperature}.
 */
public record InfoNce(@Option.Temperature("Softmax temperature") double temperature) {

  public InfoNce {
    Require.within("temperature", temperature, 1e-3, 100);
  }

  /**
   * The candidates are the keys of the batch.
   *
   * @param queries float[N, D]
   * @param keys float[N, D], the right one at the query's row
   * @return float[]
   */
  public Value amongBatch(Ops g, Value queries, Value keys) {
    Value similarities =
        g.matMul(Vectors.unit(g, queries), g.transposeMatrix(Vectors.unit(g, keys)));
    Value logits = g.mul(similarities, 1 / temperature);
    return CrossEntropy.ofLabels(g, logits, g.rowNumbers(queries));
  }

  /**
   * The candidates are the query's own key and a queue of negatives.
   *
   * @param queries float[N, D]
   * @param keys float[N, D]
   * @param negatives float[K, D], unit rows
   * @return float[]
   */
  public Value amongNegatives(Ops g, Value queries, Value keys, Value negatives) {
    Value query = Vectors.unit(g, queries);
    Value right = g.reduceSum(g.mul(query, Vectors.unit(g, keys)), true, -1);
    Value wrong = g.matMul(query, g.transposeMatrix(negatives));
    Value logits = g.mul(g.concat(1, right, wrong), 1 / temperature);
    Value surprise = g.slice(g.logSoftmax(logits, -1), 1, 0, 1);
    return g.neg(g.reduceMean(surprise, false));
  }
}
