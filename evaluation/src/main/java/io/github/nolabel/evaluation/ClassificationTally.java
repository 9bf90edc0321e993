package io.github.nolabel.evaluation;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** Counts guesses batch by batch, whatever the batches' sizes. */
public final class ClassificationTally {

  private final List<String> classes;
  private final List<Integer> labels;
  private final int topK;
  private final long[][] confusion;
  private int seen;
  private long topKCorrect;

  /**
   * @param labels of all images in the order in which they will come, indices into {@code classes}
   */
  public ClassificationTally(List<String> classes, List<Integer> labels, int topK) {
    Require.positive("topK", topK);
    this.classes = List.copyOf(classes);
    this.labels = List.copyOf(labels);
    this.topK = topK;
    this.confusion = new long[classes.size()][classes.size()];
  }

  /**
   * Counts the next images.
   *
   * @param logits float[n, classes]; of equal ones the first is the better guess
   * @throws NolabelException if they are not finite
   */
  public void add(Tensor logits) {
    FloatBuffer values = logits.floats();
    float[] row = new float[classes.size()];
    while (values.hasRemaining()) {
      values.get(row);
      count(row, labels.get(seen++));
    }
  }

  /**
   * @throws IllegalStateException if there are labels whose images did not come
   */
  public Classification result() {
    if (seen != labels.size()) {
      throw new IllegalStateException("%d of %d images came".formatted(seen, labels.size()));
    }
    List<List<Long>> rows =
        Arrays.stream(confusion).map(row -> Arrays.stream(row).boxed().toList()).toList();
    return new Classification(classes, rows, topK, topKCorrect);
  }

  private void count(float[] logits, int label) {
    int best = 0;
    int better = 0;
    for (int i = 0; i < logits.length; i++) {
      if (!Float.isFinite(logits[i])) {
        throw new NotFinite(logits[i]);
      }
      best = logits[i] > logits[best] ? i : best;
      boolean wins = logits[i] > logits[label] || (logits[i] == logits[label] && i < label);
      better += wins ? 1 : 0;
    }
    confusion[label][best]++;
    topKCorrect += better < topK ? 1 : 0;
  }

  /** A guess is no number. */
  static final class NotFinite extends NolabelException {

    private static final long serialVersionUID = 1;

    NotFinite(float logit) {
      super("The classifier's output is not finite: " + logit + ".");
    }
  }
}
