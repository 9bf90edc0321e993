package io.github.nolabel.runs.engine;

import io.github.nolabel.evaluation.Classification;
import io.github.nolabel.evaluation.ClassificationTask;
import io.github.nolabel.evaluation.FineTuning;
import io.github.nolabel.evaluation.LinearProbe;
import io.github.nolabel.evaluation.ProbeEpoch;
import io.github.nolabel.evaluation.ProbeProtocol;
import io.github.nolabel.evaluation.Probes;
import io.github.nolabel.runs.file.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Carries out the protocols that train a classifier, and says how far they are. */
public final class Classifying {

  private static final long SHOWN_NANOS = 5_000_000_000L;

  private final Probes probes;
  private final ClassificationTask task;
  private final Consumer<String> notices;

  public Classifying(Probes probes, ClassificationTask task, Consumer<String> notices) {
    this.probes = probes;
    this.task = task;
    this.notices = notices;
  }

  /** What came out for one network, and how it came to it. */
  public record Outcome(
      Subject subject, Classification test, List<ProbeEpoch> epochs, double seconds) {}

  public Outcome outcome(Subject subject, ProbeProtocol protocol) {
    long begin = System.nanoTime();
    List<ProbeEpoch> epochs = new ArrayList<>();
    Consumer<ProbeEpoch> watcher = new Progress(subject, protocol).andThen(epochs::add);
    Classification test =
        protocol instanceof LinearProbe linear
            ? probes.linear(
                subject.backbone().model(),
                subject.backbone().card().preprocessing(),
                task,
                linear,
                watcher)
            : probes.fineTuned(
                subject.network().orElseThrow(), task, (FineTuning) protocol, watcher);
    return new Outcome(subject, test, epochs, (System.nanoTime() - begin) / 1e9);
  }

  /** A line every few seconds, and for the last epoch. */
  private final class Progress implements Consumer<ProbeEpoch> {

    private final Subject subject;
    private final ProbeProtocol protocol;
    private long shownAt = System.nanoTime();

    Progress(Subject subject, ProbeProtocol protocol) {
      this.subject = subject;
      this.protocol = protocol;
    }

    @Override
    public void accept(ProbeEpoch epoch) {
      boolean due = System.nanoTime() - shownAt >= SHOWN_NANOS;
      if (due || epoch.epoch() == epoch.epochs()) {
        shownAt = System.nanoTime();
        notices.accept(
            String.format(
                Locale.ROOT,
                "%s, %s: epoch %d/%d  loss %s  test %s %%",
                protocol.name(),
                subject.name(),
                epoch.epoch(),
                epoch.epochs(),
                Figure.of("%.4f", epoch.trainingLoss()),
                Figure.percent("%.2f", epoch.test().accuracy())));
      }
    }
  }
}
