package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/** What a pass over the batch trains. */
enum Task {
  /** Guess masked words from the others and from all regions. */
  WORDS(0),
  /** Guess masked regions from the others and from all words. */
  REGIONS(1),
  /** Judge whether image and caption belong together, and align their parts. */
  PAIRS(2),
  /** Guess what the detector took masked regions for, from the others and from all words. */
  CLASSES(3);

  private final int number;

  Task(int number) {
    this.number = number;
  }

  /** The number of one of the first {@code count} tasks, int64[], each as likely as another. */
  static Value draw(Ops g, Value key, int count) {
    Value one = g.constant(Tensor.of(new float[1], 1, 1));
    Value number = g.mod(g.randomIntegers(one, key, "uniter/task"), g.integer(count));
    return g.reshape(number, Shape.of());
  }

  /** This task's number, int64[]. */
  Value number(Ops g) {
    return g.integer(number);
  }

  /** Whether {@code number} is this task's, bool[]. */
  Value is(Ops g, Value number) {
    return g.equal(number, number(g));
  }
}
