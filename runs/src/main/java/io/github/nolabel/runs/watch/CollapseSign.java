package io.github.nolabel.runs.watch;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a monitor shows when a method learns nothing, or pleases its loss in a trivial way. */
public enum CollapseSign {
  SAME_DIRECTION(
      "feature_std",
      0.1,
      Double.POSITIVE_INFINITY,
      "all embeddings of a batch point the same way",
      "1 is healthy, 0 is the same embedding for every image",
      "A lower learning rate, a longer warm-up (schedule.warmupSteps) or a larger batch"),
  ONE_LINE(
      "embedding_rank",
      1.7,
      Double.POSITIVE_INFINITY,
      "the embeddings of a batch differ almost along one line only",
      "2 and more are healthy, 1 is a line",
      "A lower learning rate, a larger batch or, of barlow-twins, a larger lambdaParam"),
  FEWER_DIRECTIONS(
      Variety.RANK_KEPT,
      0.55,
      Double.POSITIVE_INFINITY,
      "the features of images differ along far fewer directions than those of the network before the first step",
      "as a share of that network's on the same images; above 0.75 is healthy",
      "A lower learning rate, a longer warm-up (schedule.warmupSteps) or less weight decay"),
  ONE_CLASS(
      "entropy_of_mean",
      0.02,
      Double.POSITIVE_INFINITY,
      "all images are given the same class",
      "above one half is healthy, 0 is a single class",
      "A higher temperature of the targets or a centre that follows faster"),
  NO_CLASS(
      "entropy",
      Double.NEGATIVE_INFINITY,
      0.99,
      "every image is spread evenly over all classes",
      "below 0.9 is healthy, 1 is no preference at all",
      "A lower temperature of the targets or a longer warm-up (schedule.warmupSteps)"),
  NO_PARTNER(
      "spread",
      Double.NEGATIVE_INFINITY,
      0.995,
      "a caption is no nearer to its own image than to the others of the batch: the loss stays at ln of the batch size",
      "below 0.9 is healthy, 1 looks at all partners alike",
      "A higher learning rate, more steps, or a look at whether the captions belong to their images");

  private final String monitor;
  private final double below;
  private final double above;
  private final String seen;
  private final String scale;
  private final String remedy;

  CollapseSign(
      String monitor, double below, double above, String seen, String scale, String remedy) {
    this.monitor = monitor;
    this.below = below;
    this.above = above;
    this.seen = seen;
    this.scale = scale;
    this.remedy = remedy;
  }

  /** What a monitor's number says if it is a sign of collapse. */
  public static Optional<String> seen(String name, double value) {
    return Stream.of(values())
        .filter(sign -> sign.reads(name) && sign.shows(value))
        .map(sign -> sign.seen)
        .findFirst();
  }

  /**
   * Whether it can be seen in what is reported under {@code name}. A healthy student may be
   * undecided for long; its targets may not.
   */
  boolean reads(String name) {
    boolean ofStudent = this == NO_CLASS && name.startsWith("student");
    return !ofStudent && (name.equals(monitor) || name.endsWith("_" + monitor));
  }

  /** Whether images of few kinds show it as well, under a method that tells them apart. */
  boolean mayBeOfTheData() {
    return this == ONE_LINE || this == FEWER_DIRECTIONS;
  }

  boolean shows(double value) {
    return value < below || value > above;
  }

  String sentence(String name, double value, long since) {
    return String.format(
        Locale.ROOT,
        "The method has collapsed: since step %d %s (%s %.3g; %s). %s usually helps.",
        since,
        seen,
        name,
        value,
        scale,
        remedy);
  }
}
