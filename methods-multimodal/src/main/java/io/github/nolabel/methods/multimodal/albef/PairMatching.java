package io.github.nolabel.methods.multimodal.albef;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.layer.Dense;
import io.github.nolabel.fragment.loss.CrossEntropy;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.HardNegatives;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.step.StepGraph;

/**
 * Does a text belong to an image? The batch's pairs do; each image with a hard text and each text
 * with a hard image do not (section 3.2 of the paper). Reports {@code itm_loss} and {@code
 * itm_accuracy}; who always says no has an accuracy of two thirds.
 */
record PairMatching(AlbefNetworks networks, TensorFunction judge) {

  /** The judge's two logits: no, and yes. */
  static Dense judge(int width) {
    return new Dense(width, 2);
  }

  /** The scope of the judge's parameters below that of the text network. */
  static Scope scope(Scope text) {
    return text.child("match");
  }

  /**
   * @param mask int64[N, L]
   * @return float[], the mean over 3N pairs
   */
  Value loss(StepGraph step, AlbefNetworks.Seen seen, Value mask, HardNegatives negatives) {
    Ops g = step.ops("itm");
    Value key = AlbefObjective.key(step);
    Value texts = negatives.draw(g, key, "hard_text");
    Value images = negatives.transposed(g).draw(g, key, "hard_image");
    Value pairs =
        networks.fuse(
            withHard(g, seen.textTokens(), texts, 1),
            withHard(g, g.cast(mask, ElementType.FLOAT), texts, 1),
            withHard(g, seen.imageTokens(), images, 2));
    return judged(step, judge.apply(pairs), g.zerosLike(g.rowNumbers(mask)));
  }

  /** Three times the rows, those that were drawn as the second or third. */
  private static Value withHard(Ops g, Value rows, Value drawn, int place) {
    Value hard = HardNegatives.chosen(g, drawn, rows);
    return place == 1 ? g.concat(0, rows, hard, rows) : g.concat(0, rows, rows, hard);
  }

  /**
   * @param no int64[N], zeros
   */
  private static Value judged(StepGraph step, Value logits, Value no) {
    Ops g = step.ops("itm");
    Value labels = g.concat(0, g.add(no, g.integer(1)), no, no);
    Value all = g.cast(g.equal(labels, labels), ElementType.FLOAT);
    Value loss = CrossEntropy.ofLabels(g, logits, labels);
    Monitors.accuracy(step, "itm_accuracy", logits, labels, all);
    step.monitor("itm_loss", loss);
    return loss;
  }
}
