package io.github.nolabel.methods.multimodal.tower;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.fragment.loss.PairContrast;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.LearntTemperature;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.step.StepGraph;

/** How images and texts of a batch are told apart; options of CLIP and what builds on it. */
public record ContrastOptions(
    @Option("SigLIP: judge each pair for itself instead of choosing among the batch")
        boolean useSiglip,
    @Option(
            value =
                "Logarithm of the logits' scale at first; 0 takes the paper's: ln(1/0.07) or ln 10",
            min = -4,
            max = 4.605)
        double initTau,
    @Option(
            value = "SigLIP's addend to the logits at first; 0 takes the paper's -10",
            min = -100,
            max = 100,
            aliases = "init_b")
        double initBias) {

  /** CLIP's. */
  public static final ContrastOptions STANDARD = new ContrastOptions(false, 0, 0);

  private static final double CLIP_SCALE = 1 / 0.07;
  private static final double SIGLIP_SCALE = 10;
  private static final double SIGLIP_BIAS = -10;
  private static final double SMALLEST_SCALE = 0.01;

  /**
   * The loss of a batch of pairs with a temperature that is learnt, float[].
   *
   * @param images float[N, D]
   * @param texts float[N, D], partners of the images by row
   */
  public Value loss(StepGraph step, Value images, Value texts) {
    Value scale =
        LearntTemperature.scale(step, scale(), SMALLEST_SCALE, LearntTemperature.LARGEST_SCALE);
    Ops g = step.ops("loss");
    Value cosines = g.matMul(Vectors.unit(g, images), g.transposeMatrix(Vectors.unit(g, texts)));
    Value logits = g.mul(cosines, scale);
    Monitors.pairs(step, images, texts, logits);
    return useSiglip
        ? PairContrast.sigmoid(g, g.add(logits, bias(step)))
        : PairContrast.softmax(g, logits);
  }

  private Value bias(StepGraph step) {
    double start = initBias != 0 ? initBias : SIGLIP_BIAS;
    return step.scope("temperature").bias("bias", Shape.of(), Initializer.constant(start));
  }

  private double scale() {
    if (initTau != 0) {
      return Math.exp(initTau);
    }
    return useSiglip ? SIGLIP_SCALE : CLIP_SCALE;
  }
}
