package io.github.nolabel.evaluation;

import io.github.nolabel.api.Require;

/**
 * Images to learn classes from, and others to test on.
 *
 * @param test has the classes of {@code training}; nothing is ever chosen by it
 */
public record ClassificationTask(LabelledImages training, LabelledImages test) {

  public ClassificationTask {
    Require.that(
        training.classes().equals(test.classes()), "training and test must share their classes");
  }

  /** The same test with about a share of every class to learn from. */
  public ClassificationTask withShare(double fraction, long seed) {
    return new ClassificationTask(training.share(fraction, seed), test);
  }
}
