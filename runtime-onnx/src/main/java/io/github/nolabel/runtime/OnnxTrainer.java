package io.github.nolabel.runtime;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.Rounds;
import io.github.nolabel.api.train.Snapshot;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingSummary;
import io.github.nolabel.runtime.checkpoint.RunLock;
import io.github.nolabel.runtime.loop.TrainingLoop;
import io.github.nolabel.runtime.session.StepExecutor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A loop and the session it drives. */
final class OnnxTrainer implements Trainer {

  private final StepExecutor executor;
  private final TrainingLoop loop;
  private final RunLock lock;
  private final TrainingProgram program;
  private final String kernels;
  private Optional<JointPassing> passing = Optional.empty();
  private boolean closed;

  OnnxTrainer(
      StepExecutor executor,
      TrainingLoop loop,
      RunLock lock,
      TrainingProgram program,
      String kernels) {
    this.kernels = kernels;
    this.program = program;
    this.lock = lock;
    this.executor = executor;
    this.loop = loop;
  }

  /** Has another trainer pass images through the networks; it is closed with this one. */
  void passImagesBy(JointPassing other) {
    passing = Optional.of(other);
  }

  @Override
  public long step() {
    return loop.step();
  }

  @Override
  public TrainingSummary train(BatchSource batches, List<? extends TrainingListener> listeners) {
    checkOpen();
    return passing.isPresent()
        ? passing.get().train(this, batches, listeners)
        : loop.train(batches, listeners);
  }

  @Override
  public TrainingSummary train(Rounds rounds, List<? extends TrainingListener> listeners) {
    checkOpen();
    return loop.train(rounds, listeners);
  }

  @Override
  public List<StepReport> advance(BatchStream batches, long updates) {
    checkOpen();
    return loop.advance(batches, updates);
  }

  @Override
  public Snapshot snapshot() {
    checkOpen();
    return loop.snapshot();
  }

  @Override
  public void restore(Snapshot snapshot) {
    checkOpen();
    loop.restore(snapshot);
  }

  @Override
  public void requestStop() {
    loop.requestStop();
  }

  @Override
  public Model model(String name) {
    checkOpen();
    OnnxModel model = program.evaluations().get(name);
    if (model == null) {
      throw new UserMistake(
          "The program has no evaluation model '%s'.%s It has %s."
              .formatted(
                  name,
                  Suggestions.didYouMean(name, program.evaluations().keySet()),
                  String.join(", ", program.evaluations().keySet())));
    }
    return new LiveModel(name, model);
  }

  @Override
  public Embedder embedder() {
    return Embedder.of(model(program.evaluations().keySet().iterator().next()));
  }

  @Override
  public Map<String, Tensor> state() {
    checkOpen();
    return executor.state();
  }

  @Override
  public String kernels() {
    return kernels;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    passing.ifPresent(other -> other.worker().close());
    executor.close();
    lock.close();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the trainer was closed");
    }
  }

  private final class LiveModel implements Model {

    private final String name;
    private final OnnxModel model;

    LiveModel(String name, OnnxModel model) {
      this.name = name;
      this.model = model;
    }

    @Override
    public List<TensorSpec> inputs() {
      return model.inputs();
    }

    @Override
    public List<TensorSpec> outputs() {
      return model.outputs();
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
      checkOpen();
      return executor.evaluate(name, inputs);
    }

    @Override
    public void close() {
      // The weights belong to the trainer.
    }
  }
}
