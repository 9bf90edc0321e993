package io.github.nolabel.runs.engine;

import io.github.nolabel.data.load.BatchLoader;
import java.util.ArrayList;
import java.util.List;

/** What a loader could not, or would not, give to a run. */
final class LeftOut {

  private static final int EXAMPLES = 3;

  private LeftOut() {}

  /** Sentences for people; none if nothing was left out. */
  static List<String> sentences(BatchLoader loader) {
    List<String> sentences = new ArrayList<>();
    if (loader.skipped() > 0) {
      sentences.add("%d broken images were skipped, such as:".formatted(loader.skipped()));
      loader.faults().stream().limit(EXAMPLES).forEach(fault -> sentences.add("  " + fault));
    }
    if (loader.shortened() > 0) {
      sentences.add(
          "%,d images have more regions than method.regionCount; the last ones were left out."
              .formatted(loader.shortened()));
    }
    return sentences;
  }
}
