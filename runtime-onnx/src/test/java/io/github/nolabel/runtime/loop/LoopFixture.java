package io.github.nolabel.runtime.loop;

import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.control.ScheduledInput;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.runtime.ToyRun;
import io.github.nolabel.runtime.checkpoint.CheckpointStore;
import io.github.nolabel.runtime.checkpoint.CheckpointStore.SavedRun;
import io.github.nolabel.runtime.checkpoint.RunSignature;
import io.github.nolabel.runtime.checkpoint.StateFile;
import java.nio.file.Path;
import java.util.Map;

/** A loop over fakes: 10 updates, 5 per epoch; a step takes three seconds on the clock. */
final class LoopFixture {

  final FakeExecutor executor = new FakeExecutor();
  final CountedBatches batches = new CountedBatches();
  final CheckpointStore store;
  private ToyRun run = ToyRun.STANDARD.steps(10).checkpoints(new CheckpointConfig(0, 1, 5));

  LoopFixture(Path directory) {
    store =
        CheckpointStore.open(
            directory,
            new RunSignature("program", Map.of(), Map.of(), 1, "processor", "onnxruntime"),
            5);
    executor.answer = outputs -> batches.clock.addAndGet(3_000_000_000L);
  }

  LoopFixture accumulating(int count) {
    run = run.accumulating(count);
    return this;
  }

  /** A loop with a scheduled learning rate and {@code further} controllers. */
  TrainingLoop loop(Controller... further) {
    Controller[] all = new Controller[further.length + 1];
    all[0] = new ScheduledInput(TrainingProgram.LEARNING_RATE, step -> 0.1 * step);
    System.arraycopy(further, 0, all, 1, further.length);
    return loopWith(0, Map.of(), all);
  }

  TrainingLoop loopWith(long step, Map<String, Double> slots, Controller... controllers) {
    TrainingRecipe recipe = run.recipe(controllers);
    SavedRun start = new SavedRun(step, slots, StateFile.write(executor.state()), Map.of());
    return new TrainingLoop(
        executor, recipe, run.spec(), run.checkpoints(), store, start, batches.clock::get);
  }
}
