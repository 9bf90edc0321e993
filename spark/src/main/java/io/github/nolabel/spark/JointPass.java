package io.github.nolabel.spark;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.joint.JointShare;
import io.github.nolabel.api.joint.JointShare.Size;
import io.github.nolabel.api.train.JointPart;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.runs.engine.WorkerRun;
import io.github.nolabel.spark.JointTask.Embedded;
import io.github.nolabel.spark.JointTask.Gradient;
import java.util.Map;

/** One worker's rows of joint batches. */
record JointPass(int worker, JointShare share, JointLayout layout) implements AutoCloseable {

  static JointPass of(WorkerRun run, JointPart part, int worker, int workers) {
    RunSpec spec = run.method().run();
    int rows = spec.batchSize() / workers;
    Size size = new Size(spec.optimizer().accumulate(), spec.batchSize(), worker * rows, rows);
    JointShare share = new JointShare(run.trainer(), part, run.batches(), size);
    return new JointPass(worker, share, JointLayout.of(part));
  }

  Embedded embed(JointTask task) {
    return Embedded.of(worker, share.embed(task.start(layout)), share.secondsWaited());
  }

  Gradient gradient(JointTask task, SentTensors cotangents) {
    Map<String, Tensor> moved = share.gradients(task.start(layout), cotangents.received());
    return new Gradient(worker, new Row(layout.moved().row(moved)));
  }

  @Override
  public void close() {
    share.close();
  }
}
