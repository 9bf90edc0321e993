package io.github.nolabel.api.joint;

import io.github.nolabel.api.Tensor;
import java.util.Map;

/** Passes the images of an update through the networks: in one place, or in many. */
public interface JointWorkers {

  /** The values with which losses compare all images of the update, by name. */
  Map<String, Tensor> embed(JointStart start);

  /**
   * State tensors that the networks' backward pass has moved, by name: sums of gradients over all
   * images, statistics of batch normalisation.
   *
   * @param cotangents how the loss changes with the values of {@link #embed}, by their names
   */
  Map<String, Tensor> gradients(JointStart start, Map<String, Tensor> cotangents);

  /** Seconds that the last {@link #embed} had to wait for images, the mean over all workers. */
  double secondsWaited();
}
