package io.github.nolabel.spark;

import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.Snapshot;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingDivergedException;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.data.load.Share;
import io.github.nolabel.runs.Engine;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.engine.Surroundings;
import io.github.nolabel.runs.engine.WorkerRun;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.ResolvedPlan;
import io.github.nolabel.spark.JointTask.Embedded;
import io.github.nolabel.spark.JointTask.Gradient;
import io.github.nolabel.spark.WorkerResult.Divergence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A worker's session and images, which outlive its rounds. One thread at a time. */
final class Worker implements AutoCloseable {

  private final int number;
  private final OptionalInt card;
  private final int accumulate;
  private final ScratchFolder scratch;
  private final TrainingRuntime runtime;
  private final WorkerRun run;
  private final StateLayout layout;
  private final Optional<JointPass> joint;
  private @Nullable BatchStream stream;
  private long streamAt;

  private Worker(
      WorkerJob job, int number, OptionalInt card, TrainingRuntime runtime, ScratchFolder scratch) {
    this.number = number;
    this.card = card;
    this.scratch = scratch;
    this.runtime = runtime;
    Catalogue catalogue = Catalogue.of(loader());
    ResolvedPlan plan = new Engine(runtime, catalogue).resolve(plan(job, card));
    this.accumulate = plan.settings().optimizer().accumulate();
    this.run =
        WorkerRun.open(
            plan,
            plan.settings().spec(job.steps(), job.stepsPerEpoch()),
            new Share(number, job.workers()),
            job.threads(),
            job.data(),
            new Surroundings(runtime, catalogue, OutputFiles.LOCAL),
            scratch.path());
    this.layout = new StateLayout(run.method().recipe().program().state());
    this.joint =
        run.method().recipe().joint().map(part -> JointPass.of(run, part, number, job.workers()));
  }

  /** Reads the data and compiles the program. */
  static Worker open(WorkerJob job, int number, OptionalInt card) {
    ScratchFolder scratch = ScratchFolder.create();
    TrainingRuntime runtime = TrainingRuntime.find(loader());
    try {
      return new Worker(job, number, card, runtime, scratch);
    } catch (RuntimeException e) {
      runtime.close();
      scratch.close();
      throw e;
    }
  }

  private static RunPlan plan(WorkerJob job, OptionalInt card) {
    RunPlan plan = RunPlan.parse(job.plan());
    return card.isPresent() ? plan.set("device.card", card.getAsInt()) : plan;
  }

  /** The card it computes on; empty for the plan's. */
  OptionalInt card() {
    return card;
  }

  /** Of this library, or of the jars that Spark brought later where they see it. */
  private static ClassLoader loader() {
    return Worker.class.getClassLoader();
  }

  /** One round; a function of its arguments and the images, whatever was done before. */
  WorkerResult round(RoundStart start, LocalState local) {
    Trainer trainer = run.trainer();
    trainer.restore(
        new Snapshot(
            start.step(),
            local.slots(),
            layout.state(start.averaged().numbers(), local.tensors().numbers())));
    try {
      List<StepReport> reports = trainer.advance(streamAt(start.step()), start.updates());
      streamAt = trainer.step();
      return result(trainer.snapshot(), reports);
    } catch (TrainingDivergedException e) {
      Divergence diverged = new Divergence(e.step(), String.valueOf(e.getMessage()));
      return new WorkerResult(local, Row.EMPTY, new ArrayList<>(), diverged);
    }
  }

  /** The first half of a joint batch's update. */
  Embedded embed(JointTask task) {
    return joint.orElseThrow().embed(task);
  }

  /** The second half. */
  Gradient gradient(JointTask task, SentTensors cotangents) {
    return joint.orElseThrow().gradient(task, cotangents);
  }

  private WorkerResult result(Snapshot after, List<StepReport> reports) {
    ArrayList<WorkerReport> told = new ArrayList<>();
    reports.forEach(report -> told.add(WorkerReport.of(report)));
    return new WorkerResult(
        new LocalState(number, new Row(layout.local(after.state())), after.slots()),
        new Row(layout.averaged(after.state())),
        told,
        null);
  }

  /** The one that is open if it goes on there. */
  private BatchStream streamAt(long step) {
    BatchStream open = stream;
    if (open != null && streamAt == step) {
      return open;
    }
    closeStream();
    open = run.batches().from(step * accumulate);
    stream = open;
    return open;
  }

  private void closeStream() {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }

  @Override
  public void close() {
    closeStream();
    joint.ifPresent(JointPass::close);
    run.close();
    runtime.close();
    scratch.close();
  }
}
