package io.github.nolabel.fragment.loss;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.List;

/**
 * Every view predicts the targets of the views that are not itself (SwAV, Caron et al. 2020, eq. 2
 * and 6; DINO, Caron et al. 2021, eq. 3).
 *
 * <pre>
 * loss = mean_{t, v != t} mean_i( -sum_k target_t[i, k] log softmax(scores_v[i] / T)[k] )
 * </pre>
 *
 * At least the mean entropy of the targets.
 *
 * <p>Within a configuration it is the option {@code temperature}.
 */
public record SwappedPrediction(
    @Option.Temperature("Softmax temperature of the predictions") double temperature) {

  public SwappedPrediction {
    Require.within("temperature", temperature, 1e-3, 100);
  }

  /**
   * @param targets float[N, K] each, rows that sum to one; the caller detaches them
   * @param scores float[N, K] each: those of the targets' own views first, in their order
   * @return float[]
   */
  public Value apply(Ops g, List<Value> targets, List<Value> scores) {
    List<Value> logits = scores.stream().map(s -> logits(g, s)).toList();
    Value sum = g.constant(0);
    for (int target = 0; target < targets.size(); target++) {
      for (int view = 0; view < logits.size(); view++) {
        if (view != target) {
          sum = g.add(sum, CrossEntropy.ofTargets(g, logits.get(view), targets.get(target)));
        }
      }
    }
    return g.mul(sum, 1.0 / (targets.size() * (logits.size() - 1)));
  }

  /** What a view predicts: its distribution over the prototypes, float[N, K]. */
  public Value distribution(Ops g, Value scores) {
    return g.softmax(logits(g, scores), -1);
  }

  private Value logits(Ops g, Value scores) {
    return g.mul(scores, 1 / temperature);
  }
}
