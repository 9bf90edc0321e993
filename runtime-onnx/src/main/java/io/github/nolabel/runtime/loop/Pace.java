package io.github.nolabel.runtime.loop;

import io.github.nolabel.api.train.Rounds;
import io.github.nolabel.api.train.StepReport;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How fast one call of the loop goes. Times in seconds. */
final class Pace {

  private static final double NANOS = 1e9;

  private final LongSupplier nanoTime;
  private final long start;
  private long waitedNanos;
  private long images;
  private long updates;
  private long imagesAtReport;
  private long reportedAt;
  private long firstUpdateAt;

  Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.reportedAt = start;
  }

  /** Runs {@code fetch} and counts its time as waiting for data. */
  <T> T waitFor(Supplier<T> fetch) {
    long before = nanoTime.getAsLong();
    T result = fetch.get();
    waitedNanos += nanoTime.getAsLong() - before;
    return result;
  }

  void addImages(int count) {
    images += count;
  }

  void addUpdate() {
    updates++;
    if (updates == 1) {
      firstUpdateAt = nanoTime.getAsLong();
    }
  }

  /** A round's reports with this clock's times in place of the workers' own. */
  List<StepReport> timed(Rounds.Round round, long steps) {
    addImages(Math.toIntExact(round.images()));
    waitedNanos += waited(round);
    round.reports().forEach(report -> addUpdate());
    double rate = recentImagesPerSecond();
    double left = secondsFor(steps - round.after().step());
    return round.reports().stream()
        .map(
            r ->
                new StepReport(
                    r.step(),
                    r.steps(),
                    r.epoch(),
                    r.loss(),
                    r.learningRate(),
                    rate,
                    r.dataWaitShare(),
                    left,
                    r.values()))
        .toList();
  }

  /** Of the time since the previous round, the share that its reports say. */
  private long waited(Rounds.Round round) {
    double share =
        round.reports().stream().mapToDouble(StepReport::dataWaitShare).average().orElse(0);
    return Math.round(share * (nanoTime.getAsLong() - reportedAt));
  }

  double seconds() {
    return (nanoTime.getAsLong() - start) / NANOS;
  }

  double dataWaitShare() {
    return ratio(waitedNanos / NANOS, seconds());
  }

  double imagesPerSecond() {
    return ratio((double) images, seconds());
  }

  /** Images per second since the previous call, or since the start. */
  double recentImagesPerSecond() {
    long now = nanoTime.getAsLong();
    double rate = ratio((double) (images - imagesAtReport), (now - reportedAt) / NANOS);
    imagesAtReport = images;
    reportedAt = now;
    return rate;
  }

  /** From the mean time of an update; the first one warms up and does not count if it can. */
  double secondsFor(long furtherUpdates) {
    double perUpdate =
        updates > 1
            ? (nanoTime.getAsLong() - firstUpdateAt) / NANOS / (updates - 1)
            : ratio(seconds(), (double) updates);
    return furtherUpdates * perUpdate;
  }

  private static double ratio(double value, double per) {
    return per > 0 ? value / per : 0;
  }
}
