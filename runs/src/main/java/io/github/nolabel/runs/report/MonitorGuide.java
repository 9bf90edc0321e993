package io.github.nolabel.runs.report;

import java.util.List;
import java.util.Optional;

/**
 * What a monitor says.
 *
 * @param ending of the monitor's name, or all of it
 * @param words what it is, and what is healthy
 */
record MonitorGuide(String ending, String words) {

  private static final List<MonitorGuide> ALL =
      List.of(
          new MonitorGuide(
              "feature_std",
              "How far the embeddings of a batch spread, 0 to 1. Near 1 is healthy; 0 is one embedding for every image."),
          new MonitorGuide(
              "alignment",
              "Squared distance of two views of an image, 0 to 4. It falls; below 1 views of an image are clearly nearer than strangers, which are 2 apart."),
          new MonitorGuide(
              "uniformity",
              "How evenly embeddings fill the sphere, −8 to 0. −2 and below is healthy; 0 is one embedding for every image."),
          new MonitorGuide(
              "embedding_rank",
              "Directions along which the embeddings of a batch differ. 2 and more is healthy; 1 is a line."),
          new MonitorGuide(
              "effective_rank",
              "Directions that the features of up to 128 images make use of. It grows."),
          new MonitorGuide(
              "rank_kept",
              "Directions along which features differ, as a share of those of the network before the first step. Above 0.75 is healthy."),
          new MonitorGuide(
              "entropy_of_mean",
              "How evenly a batch uses all prototypes, 0 to 1. Above 0.5 is healthy; 0 is one prototype for every image."),
          new MonitorGuide(
              "entropy",
              "How undecided a distribution over prototypes is, 0 to 1. Below 0.9 is healthy; 1 is no preference at all."),
          new MonitorGuide(
              "spread",
              "How evenly a caption or image spreads over the candidates of the batch, 0 to 1. It falls; 1 looks at all alike."),
          new MonitorGuide(
              "modality_gap",
              "Distance between the mean of the images and the mean of the captions on the sphere, 0 to 2."),
          new MonitorGuide(
              "teacher_distance",
              "How far the teacher is behind the student, as a share of the student's length. Small and not 0."),
          new MonitorGuide(
              "distance",
              "How far a copy that follows is behind, as a share of the length. Small and not 0."),
          new MonitorGuide("age", "Mean age of what a queue holds, in batches. Steady."),
          new MonitorGuide(
              "gradient_norm",
              "Length of the gradient over all weights. Steady and not 0; a sudden rise comes before a divergence."),
          new MonitorGuide(
              "temperature", "What cosines are divided by. Lower makes the choice sharper."),
          new MonitorGuide(
              "perplexity", "exp of the loss: among how many tokens the network is in doubt."),
          new MonitorGuide("negatives", "Wrong partners that count for each pair."),
          new MonitorGuide("accuracy", "Share of right answers in the batch, 0 to 1."),
          new MonitorGuide("loss", "A part of the loss; lower is better."));

  /** Of the monitor with this name; empty if it is not one of this library's. */
  static Optional<MonitorGuide> of(String name) {
    return ALL.stream()
        .filter(guide -> name.equals(guide.ending) || name.endsWith("_" + guide.ending))
        .findFirst();
  }
}
