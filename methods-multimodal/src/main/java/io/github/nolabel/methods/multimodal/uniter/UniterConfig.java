package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.MethodRow;
import io.github.nolabel.methods.multimodal.tower.RegionOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Options of UNITER (Chen et al. 2020, arXiv 1909.11740). The width of the stream is that of the
 * text network, {@code text.width}.
 */
public record UniterConfig(
    @Option(
            value = "Blocks of the transformer that reads words and regions",
            min = 1,
            max = 256,
            aliases = {"num_hidden_layers", "num_layers"})
        int depth,
    @Option(
            value = "Its heads, a divisor of the text network's width",
            min = 1,
            max = 256,
            aliases = "num_attention_heads")
        int heads,
    @Option("Tasks of a step: random draws one, all adds up one pass for each") Tasks tasks,
    @Option(
            value = "Share of the words, and of the regions, that are to be guessed",
            min = 0.01,
            max = 0.9)
        double maskProbability,
    @Option(
            value =
                "Overlap (intersection over union) above which regions are hidden along with one that is to be guessed; 1 hides no other",
            min = 0.01,
            max = 1)
        double maskOverlap,
    @Option.Share("Share of the images that get another's caption when pairs are judged")
        double itmNegatives,
    @Option(
            value = "Weight of the alignment of words and regions beside the judgement of pairs",
            min = 0,
            max = 100)
        double wraWeight,
    @Option(value = "Smallest share of the image that a crop keeps", min = 0.01, max = 1)
        double minCropScale,
    @Option(
            value =
                "Answers to choose from: fine-tunes on questions (captions) whose answer is the image's class; 0 pre-trains",
            min = 0,
            max = 1_000_000)
        int numAnswer,
    @Option(
            value =
                "Classes that the detector tells apart: hidden regions' classes are guessed too, by the probabilities in the files of region features; 0 leaves that out",
            min = 0,
            max = 65536)
        int regionClasses,
    RegionOptions regions) {

  /** What a step trains. */
  public enum Tasks {
    /** One of the tasks, drawn anew each step: the paper's. */
    RANDOM,
    /** All of them, each in a pass of its own: as many times the work, without the draw's noise. */
    ALL
  }

  public static final UniterConfig DEFAULTS =
      new UniterConfig(2, 4, Tasks.RANDOM, 0.15, 0.4, 0.5, 0.1, 0.5, 0, 0, RegionOptions.STANDARD);

  public static final MethodRow<UniterConfig> METHOD =
      MethodRow.of(
              "uniter",
              "UNITER (Chen et al. 2020): one transformer guesses words and regions, and judges pairs",
              DEFAULTS,
              UniterObjective.class)
          .withTexts(TextConfig.DEFAULTS);

  /** What a step may train, in the order of their numbers. */
  List<Task> trained() {
    return Arrays.stream(Task.values())
        .filter(task -> task != Task.CLASSES || regionClasses > 0)
        .toList();
  }

  /** Whether it chooses answers in place of these tasks. */
  boolean answers() {
    return numAnswer > 0;
  }

  /** What the detector took regions for, if that is to be guessed. */
  Optional<Input.RegionClasses> classesOfRegions() {
    return regionClasses > 0 && !answers()
        ? Optional.of(regions.classes(regionClasses))
        : Optional.empty();
  }

  /** How regions are hidden; cells of a grid do not overlap. */
  RegionMasking regionMasking() {
    return new RegionMasking(maskProbability, regions.areRead() ? maskOverlap : RegionMasking.NONE);
  }

  /** Refuses classes of regions that no detector has judged. */
  void requireJudged() {
    Require.that(
        regionClasses == 0 || regions.areRead(),
        "regionClasses is %d, but regions are cells of the image's grid, which no detector has judged. Set method.features to regions, or method.regionClasses to 0."
            .formatted(regionClasses));
  }

  /** Refuses a width that the heads do not divide. */
  void requireWidth(int width) {
    Require.that(
        width % heads == 0,
        "heads is %d, which does not divide the text network's width %d. Choose another method.heads or text.width."
            .formatted(heads, width));
  }
}
