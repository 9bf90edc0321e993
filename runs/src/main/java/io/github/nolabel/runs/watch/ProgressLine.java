package io.github.nolabel.runs.watch;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Shows how far a run is: a bar that is redrawn in place on a terminal, elsewhere a plain line
 * every few seconds. The first and the last step are always shown.
 */
public final class ProgressLine implements TrainingListener {

  private static final long REDRAW_NANOS = 100_000_000L;
  private static final long PLAIN_NANOS = 5_000_000_000L;
  private static final int BAR = 24;
  private static final String RECALL = "retrieval_imageToText_recallAt1";
  private static final Pattern TOLD =
      Pattern.compile("feature_std|temperature|(.*_)?entropy|queue_age");

  private final PrintStream out;
  private final LongSupplier nanoTime;
  private final boolean terminal;
  private boolean started;
  private long shownAt;
  private int width;
  private String neighbours = "";
  private String recall = "";

  /**
   * @param nanoTime a clock that never goes back, such as {@link System#nanoTime}
   * @param terminal whether {@code out} understands a carriage return
   */
  public ProgressLine(PrintStream out, LongSupplier nanoTime, boolean terminal) {
    this.out = out;
    this.nanoTime = nanoTime;
    this.terminal = terminal;
  }

  @Override
  public void onStep(StepReport report) {
    remember(report);
    long now = nanoTime.getAsLong();
    boolean due = now - shownAt >= (terminal ? REDRAW_NANOS : PLAIN_NANOS);
    if (started && !due && report.step() < report.steps()) {
      return;
    }
    started = true;
    shownAt = now;
    show(report);
  }

  @Override
  public void onEnd() {
    if (terminal && started) {
      out.println();
    }
    started = false;
    width = 0;
    out.flush();
  }

  /** The newest accuracy of neighbours stays in the line until there is another. */
  private void remember(StepReport report) {
    newest(report, OnlineNeighbours.PREFIX).ifPresent(v -> neighbours = percent("knn", v));
    newest(report, RECALL).ifPresent(v -> recall = percent("R@1", v));
  }

  private static Optional<Double> newest(StepReport report, String prefix) {
    return report.values().entrySet().stream()
        .filter(value -> value.getKey().startsWith(prefix))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String percent(String name, double share) {
    return String.format(Locale.ROOT, "  %s %.1f %%", name, 100 * share);
  }

  private void show(StepReport report) {
    if (!terminal) {
      out.println(facts(report));
      out.flush();
      return;
    }
    String line = bar(report) + " " + facts(report);
    out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    out.flush();
    width = line.length();
  }

  private static String bar(StepReport report) {
    int done = (int) (BAR * report.step() / Math.max(1, report.steps()));
    return "[" + "#".repeat(done) + ".".repeat(BAR - done) + "]";
  }

  private String facts(StepReport report) {
    return String.format(
        Locale.ROOT,
        "epoch %.2f  step %d/%d  loss %.4f%s  lr %.3g%s  %.0f images/s  %s left",
        report.epoch(),
        report.step(),
        report.steps(),
        report.loss(),
        told(report.values()),
        report.learningRate(),
        neighbours + recall,
        report.imagesPerSecond(),
        duration(report.secondsLeft()));
  }

  /**
   * The monitors that tell most: how far embeddings spread, how sure a teacher is, how old keys
   * are.
   */
  private static String told(Map<String, Double> values) {
    return values.entrySet().stream()
        .filter(value -> TOLD.matcher(value.getKey()).matches())
        .limit(2)
        .map(value -> String.format(Locale.ROOT, "  %s %.2f", value.getKey(), value.getValue()))
        .collect(Collectors.joining());
  }

  /** Such as {@code 0:07}, {@code 12:30} or {@code 3:05:09}. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    long hours = whole / 3600;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, whole / 60 % 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }
}
