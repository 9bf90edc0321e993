package io.github.nolabel.runtime;

import io.github.nolabel.api.joint.JointRounds;
import io.github.nolabel.api.joint.JointShare;
import io.github.nolabel.api.joint.JointShare.Size;
import io.github.nolabel.api.joint.LoneWorker;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.JointPart;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingSummary;
import java.util.List;

/**
 * Passes the batches of an update through the networks for a trainer whose program does not.
 *
 * @param worker of the recipe's {@link JointPart}
 * @param run as it was asked for, a batch at a time
 */
record JointPassing(Trainer worker, TrainingRecipe recipe, RunSpec run) {

  TrainingSummary train(
      Trainer updating, BatchSource batches, List<? extends TrainingListener> listeners) {
    JointPart part = recipe.joint().orElseThrow();
    Size size = Size.whole(run.optimizer().accumulate(), run.batchSize());
    try (JointShare share = new JointShare(worker, part, batches, size)) {
      LoneWorker all = new LoneWorker(share, part);
      int images = run.joined().batchSize();
      return updating.train(new JointRounds(updating, recipe, images, all), listeners);
    }
  }
}
