package io.github.nolabel.fragment.loss;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * Has a student find the same things similar as its teacher does (SEED, Fang et al. 2021, arXiv
 * 2101.04731): both say how similar an image is to a list of the teacher's features.
 *
 * <pre>
 * p = softmax_j(t_i a_j / Tt),  q = softmax_j(s_i a_j / Ts),   |s| = |t| = |a| = 1
 * loss = mean_i( sum_j p_ij (log p_ij - log q_ij) )
 * </pre>
 *
 * The divergence instead of the paper's cross entropy: the gradients are the same, and it is 0
 * where the student's similarities are the teacher's.
 *
 * <p>Within a configuration it is the options of its components.
 *
 * @param teacherTemperature Tt
 * @param studentTemperature Ts
 */
public record SimilarityDistillation(
    @Option.Temperature("Softmax temperature of the teacher's similarities")
        double teacherTemperature,
    @Option.Temperature("Softmax temperature of the student's similarities")
        double studentTemperature) {

  public SimilarityDistillation {
    Require.within("teacherTemperature", teacherTemperature, 1e-3, 100);
    Require.within("studentTemperature", studentTemperature, 1e-3, 100);
  }

  /**
   * The student is compared with the teacher's features of the batch, its own among them, and with
   * those of earlier batches. Gradients reach the student alone.
   *
   * @param student float[N, D]
   * @param teacher float[N, D], partners of the student's by row; unit rows
   * @param earlier float[K, D], unit rows
   * @return float[]
   */
  public Value of(Ops g, Value student, Value teacher, Value earlier) {
    Value targets = g.detach(teacher);
    Value anchors = g.transposeMatrix(g.concat(0, targets, g.detach(earlier)));
    Value seen = g.mul(g.matMul(targets, anchors), 1 / teacherTemperature);
    Value guessed = g.mul(g.matMul(Vectors.unit(g, student), anchors), 1 / studentTemperature);
    Value surplus = g.sub(g.logSoftmax(seen, -1), g.logSoftmax(guessed, -1));
    Value divergence = g.reduceSum(g.mul(g.softmax(seen, -1), surplus), false, -1);
    return g.reduceMean(divergence, false);
  }
}
