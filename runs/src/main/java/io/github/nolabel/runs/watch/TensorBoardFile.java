package io.github.nolabel.runs.watch;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event file that TensorBoard reads: loss, learning rate, speed and all further numbers
 * of every update, those under {@code monitor/}. A resumed run adds a file; TensorBoard then drops
 * the older one's points from there on.
 */
public final class TensorBoardFile implements TrainingListener {

  private final Path folder;
  private final Clock clock;
  private Path file;
  private @Nullable OutputStream out;

  /**
   * @param folder where the event files of this run go
   * @throws io.github.nolabel.api.NolabelException if it cannot be made
   */
  public TensorBoardFile(Path folder) {
    this(folder, Clock.systemUTC());
  }

  TensorBoardFile(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
    this.file = folder.resolve("events");
    ListenerFiles.createParent(file);
  }

  @Override
  public void onStep(StepReport report) {
    try {
      OutputStream events = out == null ? openAt(report.step()) : out;
      out = events;
      events.write(EventRecords.framed(EventRecords.scalars(now(), report.step(), values(report))));
      events.flush();
    } catch (IOException e) {
      throw ListenerFiles.unwritable(file, e);
    }
  }

  @Override
  public void onEnd() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      throw ListenerFiles.unwritable(file, e);
    } finally {
      out = null;
    }
  }

  private OutputStream openAt(long firstStep) throws IOException {
    file = unusedFile();
    OutputStream events = new FileOutputStream(file.toFile());
    events.write(EventRecords.framed(EventRecords.fileVersion(now())));
    events.write(EventRecords.framed(EventRecords.sessionStart(now(), firstStep)));
    return events;
  }

  /** TensorBoard reads the files of a folder in the order of their names. */
  private Path unusedFile() {
    long second = clock.instant().getEpochSecond();
    Path candidate = named(second, 0);
    for (int i = 1; Files.exists(candidate); i++) {
      candidate = named(second, i);
    }
    return candidate;
  }

  private Path named(long second, int count) {
    return folder.resolve(
        String.format(Locale.ROOT, "events.out.tfevents.%010d.%03d.nolabel", second, count));
  }

  private double now() {
    return clock.millis() / 1000.0;
  }

  private static Map<String, Double> values(StepReport report) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", report.loss());
    values.put("learning_rate", report.learningRate());
    values.put("epoch", report.epoch());
    values.put("images_per_second", report.imagesPerSecond());
    values.put("data_wait_share", report.dataWaitShare());
    report.values().forEach((name, value) -> values.put("monitor/" + name, value));
    return values;
  }
}
