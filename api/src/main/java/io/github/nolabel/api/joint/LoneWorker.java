package io.github.nolabel.api.joint;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.JointPart;
import java.util.Map;

/** One worker passes all images of an update, a batch at a time. */
public record LoneWorker(JointShare share, JointPart part) implements JointWorkers {

  @Override
  public Map<String, Tensor> embed(JointStart start) {
    return part.joined(share.embed(start));
  }

  @Override
  public Map<String, Tensor> gradients(JointStart start, Map<String, Tensor> cotangents) {
    return share.gradients(start, cotangents);
  }

  @Override
  public double secondsWaited() {
    return share.secondsWaited();
  }
}
