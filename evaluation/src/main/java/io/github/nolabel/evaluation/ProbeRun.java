package io.github.nolabel.evaluation;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingDivergedException;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Trains one classifier in a folder of its own and tests it now and then. */
record ProbeRun(
    TrainingRuntime runtime,
    DeviceSettings device,
    ProbeProtocol options,
    RunSpec run,
    Consumer<ProbeEpoch> watcher) {

  /** No checkpoint but the first and the last, which the trainer writes whatever it is told. */
  private static final CheckpointConfig CHECKPOINTS = new CheckpointConfig(0, 0, 1);

  /**
   * @param testInputs what the evaluation model maps to logits, in the order of the test's labels
   */
  Classification train(
      TrainingRecipe recipe,
      BatchSource batches,
      LabelledImages test,
      Iterable<Tensor> testInputs) {
    Path folder = temporary();
    TrainerSettings settings =
        new TrainerSettings(run, folder, false, CHECKPOINTS, device, Map.of());
    try (Trainer trainer = runtime.open(recipe, settings);
        Embedder classifier = trainer.embedder()) {
      EpochTests tests =
          new EpochTests(run, options, () -> tested(classifier, test, testInputs), watcher);
      trainer.train(batches, List.of(tests));
      return tests.last();
    } catch (TrainingDivergedException e) {
      throw diverged(e);
    } finally {
      delete(folder);
    }
  }

  private Classification tested(
      Embedder classifier, LabelledImages test, Iterable<Tensor> testInputs) {
    ClassificationTally tally =
        new ClassificationTally(test.classes(), test.labels(), options.topK());
    testInputs.forEach(inputs -> tally.add(classifier.embed(inputs)));
    return tally.result();
  }

  private TrainingDivergedException diverged(TrainingDivergedException e) {
    return new TrainingDivergedException(
        e.step(),
        "The classifier of the protocol '%s' diverged at step %d of %d: its loss or gradient is not finite. A lower learning rate than %s usually helps."
            .formatted(options.name(), e.step(), run.steps(), options.learningRate()));
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("nolabel-probe-");
    } catch (IOException e) {
      throw new NolabelException("No temporary folder can be made: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.getLogger(ProbeRun.class.getName())
          .log(System.Logger.Level.DEBUG, "Left behind: " + folder, e);
    }
  }
}
