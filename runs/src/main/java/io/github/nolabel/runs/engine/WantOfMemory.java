package io.github.nolabel.runs.engine;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.DeviceConfig;
import io.github.nolabel.api.train.MemoryExhaustedException;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.train.TrainingSummary;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Opens and trains; where the memory does not suffice, says which batches it would suffice for. */
final class WantOfMemory {

  private static final int MIB_BITS = 20;

  private final TrainingRuntime runtime;
  private final Preparation ready;
  private final RunDirectory folder;
  private final Consumer<String> notices;
  private boolean resumed;

  WantOfMemory(
      TrainingRuntime runtime, Preparation ready, RunDirectory folder, Consumer<String> notices) {
    this.runtime = runtime;
    this.ready = ready;
    this.folder = folder;
    this.notices = notices;
  }

  /**
   * @throws UserMistake if the memory does not suffice
   */
  Trainer opened(TrainerSettings settings) {
    resumed = settings.resume();
    try {
      return runtime.open(ready.method().recipe(), settings);
    } catch (MemoryExhaustedException e) {
      throw mistake(e);
    }
  }

  /**
   * @throws UserMistake if the memory does not suffice; the trainer is closed then
   */
  TrainingSummary train(Trainer trainer, List<TrainingListener> listeners) {
    try {
      return trainer.train(ready.loader(), listeners);
    } catch (MemoryExhaustedException e) {
      trainer.close();
      throw mistake(e);
    }
  }

  private UserMistake mistake(MemoryExhaustedException e) {
    notices.accept(
        "The memory does not suffice for batches of %d images; trying smaller ones ..."
            .formatted(batchSize()));
    FittingBatch fitting = FittingBatch.find(runtime, ready, folder);
    fitting.obstacle().ifPresent(e::addSuppressed);
    int pixels = ready.settings().run().imageSize();
    return new UserMistake(
        "Batches of %d images of %d x %d pixels need more memory than %s. %s"
            .formatted(batchSize(), pixels, pixels, place(), remedy(fitting)),
        e);
  }

  private int batchSize() {
    return ready.settings().run().batchSize();
  }

  /** Whose memory it is, and how much there is or may be taken. */
  private String place() {
    DeviceConfig config = ready.settings().device();
    OptionalLong bytes = runtime.memory(ready.settings().deviceSettings());
    String all = bytes.isPresent() ? "%d MiB in all".formatted(bytes.getAsLong() >> MIB_BITS) : "";
    if (!ready.device().equals("cuda")) {
      return "this machine has free" + inBrackets(all);
    }
    return config.memoryLimitMib() == 0
        ? "the card has free" + inBrackets(all)
        : "may be taken of the card's (device.memoryLimitMib=%d%s)"
            .formatted(config.memoryLimitMib(), all.isEmpty() ? "" : ", " + all);
  }

  private static String inBrackets(String text) {
    return text.isEmpty() ? "" : " (" + text + ")";
  }

  private String remedy(FittingBatch fitting) {
    if (fitting.size().isPresent()) {
      int size = fitting.size().getAsInt();
      return "Batches of %d fit: %s.".formatted(size, resumed ? anew(size) : set(size));
    }
    return fitting.smallestTried().isPresent()
        ? "Not even batches of %d fit: take smaller images, a smaller network or a device with more memory."
            .formatted(fitting.smallestTried().getAsInt())
        : "Take smaller batches or images, or a smaller network.";
  }

  private static String anew(int size) {
    return "a run that goes on keeps its batch size, so start one anew in another folder and set batchSize=%d"
        .formatted(size);
  }

  private String set(int size) {
    int accumulated = ready.settings().optimizer().accumulate();
    String smaller = "set batchSize=%d".formatted(size);
    return batchSize() % size == 0
        ? "%s, or keep %d images per update with batchSize=%d and optimizer.accumulate=%d"
            .formatted(smaller, batchSize() * accumulated, size, batchSize() / size * accumulated)
        : smaller;
  }
}
