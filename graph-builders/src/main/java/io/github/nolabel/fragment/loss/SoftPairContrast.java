package io.github.nolabel.fragment.loss;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * Images and texts find each other among a momentum encoder's features, towards targets that are
 * partly the momentum encoder's own opinion (ALBEF, Li et al. 2021, arXiv 2107.07651, equations 1,
 * 2 and 6).
 *
 * <pre>
 * target_i = alpha softmax_j(scale m_i c_j) + (1 - alpha) onehot(i),   m: momentum query
 * loss     = mean_i( -sum_j target_ij log softmax_j(scale q_i c_j) )   averaged over both directions
 * </pre>
 *
 * Targets are detached. With alpha 0 and no queue it is {@link PairContrast#softmax} with a
 * momentum encoder on the other side.
 *
 * @param scale float[], one over the temperature
 * @param alpha float[] in [0, 1], the weight of the momentum encoder's opinion
 */
public record SoftPairContrast(Value scale, Value alpha) {

  /**
   * Unit rows of images and of texts.
   *
   * @param images float[N, D]
   * @param texts float[N, D], partners of the images by row
   */
  public record Pairs(Value images, Value texts) {

    /** These first, then a queue's rows. */
    public Pairs followedBy(Ops g, Value imageQueue, Value textQueue) {
      return new Pairs(g.concat(0, images, imageQueue), g.concat(0, texts, textQueue));
    }
  }

  /**
   * @param student float[N, D] twice
   * @param momentum float[N, D] twice
   * @param candidates float[N + K, D] twice; the first N are the momentum features
   * @return float[]
   */
  public Value loss(Ops g, Pairs student, Pairs momentum, Pairs candidates) {
    Value imagesToTexts = towards(g, student.images(), momentum.images(), candidates.texts());
    Value textsToImages = towards(g, student.texts(), momentum.texts(), candidates.images());
    return g.mul(g.add(imagesToTexts, textsToImages), 0.5);
  }

  private Value towards(Ops g, Value queries, Value momentum, Value candidates) {
    Value targets = g.detach(targets(g, momentum, candidates));
    return CrossEntropy.ofTargets(g, logits(g, queries, g.detach(candidates)), targets);
  }

  private Value targets(Ops g, Value momentum, Value candidates) {
    Value partner = g.equal(g.unsqueeze(g.rowNumbers(momentum), 1), g.rowNumbers(candidates));
    Value rest = g.sub(g.constant(1), alpha);
    Value opinion = g.mul(g.softmax(logits(g, momentum, candidates), -1), alpha);
    return g.add(opinion, g.where(partner, rest, g.constant(0)));
  }

  private Value logits(Ops g, Value queries, Value candidates) {
    return g.mul(g.matMul(queries, g.transposeMatrix(candidates)), scale);
  }
}
