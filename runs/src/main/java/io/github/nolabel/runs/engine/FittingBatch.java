package io.github.nolabel.runs.engine;

import io.github.nolabel.api.train.MemoryExhaustedException;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The largest batch that the memory holds among a half, a quarter and so on of the one it does not.
 *
 * @param size images; empty if none was found
 * @param smallestTried images of the smallest batch that the memory does not hold either; empty if
 *     the search ended for another reason
 * @param obstacle why it ended early
 */
record FittingBatch(
    OptionalInt size, OptionalInt smallestTried, Optional<RuntimeException> obstacle) {

  /** Smaller batches teach nothing. */
  static final int LEAST = 8;

  private static final long MOST_NANOSECONDS = 300_000_000_000L;
  private static final String FOLDER = "trial";

  /** Takes one update with each; nothing of it stays. No new size is tried after five minutes. */
  static FittingBatch find(TrainingRuntime runtime, Preparation ready, RunDirectory folder) {
    int size = ready.settings().run().batchSize();
    RunDirectory trial = new RunDirectory(folder.root().resolve(FOLDER));
    long start = System.nanoTime();
    try {
      while (size / 2 >= LEAST) {
        if (System.nanoTime() - start > MOST_NANOSECONDS) {
          return none(OptionalInt.empty());
        }
        size /= 2;
        if (fits(runtime, ready.withBatches(size), trial)) {
          return new FittingBatch(OptionalInt.of(size), OptionalInt.empty(), Optional.empty());
        }
      }
      boolean tried = size < ready.settings().run().batchSize();
      return none(tried ? OptionalInt.of(size) : OptionalInt.empty());
    } catch (RuntimeException e) {
      return new FittingBatch(OptionalInt.empty(), OptionalInt.empty(), Optional.of(e));
    }
  }

  private static FittingBatch none(OptionalInt smallestTried) {
    return new FittingBatch(OptionalInt.empty(), smallestTried, Optional.empty());
  }

  private static boolean fits(TrainingRuntime runtime, Preparation ready, RunDirectory trial) {
    TrainerSettings settings = oneUpdate(ready.trainerSettings(trial, Optional.empty()));
    try (Trainer trainer = runtime.open(ready.method().recipe(), settings)) {
      if (!trainer.train(ready.loader(), List.of()).complete()) {
        throw new IllegalStateException("the search was interrupted");
      }
      return true;
    } catch (MemoryExhaustedException e) {
      return false;
    } finally {
      delete(trial.root());
    }
  }

  private static TrainerSettings oneUpdate(TrainerSettings settings) {
    RunSpec run = settings.run();
    RunSpec one =
        new RunSpec(
            run.backbone(),
            run.backboneOptions(),
            run.imageSize(),
            run.batchSize(),
            1,
            1,
            run.seed(),
            run.optimizer(),
            run.schedule());
    return new TrainerSettings(
        one,
        settings.directory(),
        false,
        settings.checkpoints(),
        settings.device(),
        settings.identity(),
        settings.weights());
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
