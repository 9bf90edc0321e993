package io.github.nolabel.runs.engine;

import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.runs.file.Figure;
import io.github.nolabel.runs.plan.ResolvedPlan;
import io.github.nolabel.runs.plan.RunConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is allowed, and yet seldom meant: told before a fresh run starts, in sentences. The packaged
 * images and the options that come with them are known to go together.
 */
record Forewarnings(ResolvedPlan plan, RunSpec run, Dataset data) {

  /** A year, perhaps with month and day, at the start; or the other way round. */
  private static final Pattern DATE =
      Pattern.compile(
          "(19|20)\\d\\d([-_. ]?(0[1-9]|1[0-2])([-_. ]?(0[1-9]|[12]\\d|3[01]))?)?([-_. ,].*)?"
              + "|(0?[1-9]|[12]\\d|3[01])[-_. ](0?[1-9]|1[0-2])[-_. ](19|20)\\d\\d");

  /** A batch of less than this share of the recipe's is another regime. */
  private static final int MUCH_SMALLER = 8;

  List<String> sentences() {
    boolean packaged = data.source().startsWith("packaged");
    return Stream.of(
            warmup(),
            batch(),
            packaged ? Optional.<String>empty() : queue(),
            packaged ? Optional.<String>empty() : dates(),
            packaged ? Optional.<String>empty() : singles())
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<String> warmup() {
    ScheduleConfig schedule = plan.settings().schedule();
    long warmup = schedule.warmup(run.stepsPerEpoch());
    if (warmup < run.steps() || warmup == 0) {
      return Optional.empty();
    }
    OptimizerConfig optimizer = plan.settings().optimizer();
    double peak = optimizer.peakRate((long) run.batchSize() * optimizer.accumulate());
    double reached =
        schedule.schedule(peak, run.steps(), run.stepsPerEpoch()).at(Math.max(0, run.steps() - 1));
    return Optional.of(
        "The run ends before its warm-up does: %,d steps in all (epochs = %d, steps per epoch %,d), %,d of warm-up. The learning rate gets to %s and never to its peak of %s. More epochs, a smaller batch or a shorter warm-up (%s) help."
            .formatted(
                run.steps(),
                plan.settings().run().epochs(),
                run.stepsPerEpoch(),
                warmup,
                Figure.of("%.3g", reached),
                Figure.of("%.3g", peak),
                warmup > schedule.warmupSteps()
                    ? "schedule.warmupEpochs = " + Figure.of("%.2f", schedule.warmupEpochs())
                    : "schedule.warmupSteps = " + schedule.warmupSteps()));
  }

  /** A recipe for photos that is carried out with batches of a small fraction of the paper's. */
  private Optional<String> batch() {
    RunConfig asked = plan.settings().run();
    Map<String, String> recipe = plan.method().presets().getOrDefault(asked.preset(), Map.of());
    int meant = Integer.parseInt(recipe.getOrDefault("batchSize", usual(asked.preset())));
    if (asked.batchSize() * (long) MUCH_SMALLER > meant) {
      return Optional.empty();
    }
    return Optional.of(
        "The preset %s is meant for batches of %,d images and more, this run has %d. %s, and whatever looks at a batch as a whole (batch norm, negatives, assignments) sees %d images at a time. A larger batch or another preset helps."
            .formatted(asked.preset(), meant, asked.batchSize(), rate(meant), asked.batchSize()));
  }

  private static String usual(String preset) {
    return preset.equals("imagenet") ? "256" : "0";
  }

  private String rate(int meant) {
    OptimizerConfig optimizer = plan.settings().optimizer();
    long images = (long) plan.settings().run().batchSize() * optimizer.accumulate();
    return optimizer.batchScaling() == OptimizerConfig.BatchScaling.NONE && images < meant
        ? "Its learning rate of %s does not follow the batch (about %s would be in proportion)"
            .formatted(
                Figure.of("%.3g", optimizer.learningRate()),
                Figure.of("%.3g", optimizer.learningRate() * images / meant))
        : "Its learning rate follows the batch, down to "
            + Figure.of("%.3g", optimizer.peakRate(images));
  }

  private Optional<String> queue() {
    Object option = RecordOptions.describe(plan.settings().method()).get("queueSize");
    int images = data.training().size();
    return option instanceof Integer queue && queue > images
        ? Optional.of(
            "The queue is longer than the data: queueSize = %,d, but there are %,d training images. It then holds earlier views of the very images that are asked about, right answers that count as wrong; queueSize = %d leaves most of them out."
                .formatted(queue, images, Math.max(run.batchSize(), images / 4)))
        : Optional.empty();
  }

  private Optional<String> dates() {
    List<String> names = data.training().labelNames();
    List<String> dates = names.stream().filter(name -> DATE.matcher(name).matches()).toList();
    return dates.size() >= 2 && 2 * dates.size() >= names.size()
        ? Optional.of(
            "%d of the %d classes of '%s' look like dates, such as %s and %s: when a photo was taken says little about what is on it. Training uses no classes, but accuracies will say how well dates are told apart. For images without classes put all into one folder."
                .formatted(dates.size(), names.size(), data.source(), dates.get(0), dates.get(1)))
        : Optional.empty();
  }

  /** That none can be held out at all is told where the data are opened. */
  private Optional<String> singles() {
    if (data.heldOut().questions().isEmpty()) {
      return Optional.empty();
    }
    long[] images = perClass(data.training());
    long classes = IntStream.range(0, images.length).filter(c -> images[c] > 0).count();
    long single = IntStream.range(0, images.length).filter(c -> images[c] == 1).count();
    return single >= 3 && 2 * single >= classes
        ? Optional.of(
            "%,d of the %,d classes of '%s' have one training image only: an accuracy among them says little. Is every folder really a class?"
                .formatted(single, classes, data.source()))
        : Optional.empty();
  }

  private static long[] perClass(ImageDataset images) {
    long[] count = new long[images.labelNames().size()];
    IntStream.range(0, images.size())
        .flatMap(index -> images.label(index).stream())
        .forEach(label -> count[label]++);
    return count;
  }
}
