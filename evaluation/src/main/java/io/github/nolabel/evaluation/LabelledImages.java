package io.github.nolabel.evaluation;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.view.Preprocessing;
import java.util.List;

/** Images that all have a class. */
public interface LabelledImages {

  int size();

  List<String> classes();

  /** One index into {@link #classes()} per image. */
  List<Integer> labels();

  /** About {@code fraction} of every class, in (0, 1], the same for the same seed. */
  LabelledImages share(double fraction, long seed);

  /** All images in index order as a frozen network sees them: float[n, 3, S, S]. */
  Iterable<Tensor> plain(Preprocessing preprocessing, int batchSize);

  /** All images in index order under the plan's only view, other in every epoch. */
  Iterable<Tensor> augmented(InputPlan plan, long seed, long epoch, int batchSize);

  /**
   * Shuffled batches for training: the plan's view under its input's name, and {@code labels},
   * int64[n].
   */
  BatchSource batches(InputPlan plan, int batchSize, long seed);
}
