package io.github.nolabel.runs.engine;

import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.Gallery;
import io.github.nolabel.evaluation.Retrieval;
import io.github.nolabel.runs.watch.EventLines;
import io.github.nolabel.runs.watch.MeasuredSteps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets held-out images and their captions look for each other.
 *
 * @param familiar the share of captions of which training has seen a word
 */
public record Retrieving(Gallery gallery, double familiar) {

  /** The name of {@link #familiar} among the figures. */
  public static final String FAMILIAR = "textsWithSeenWord";

  /** What the names of the figures begin with while a run trains. */
  public static final String PREFIX = EventLines.RETRIEVAL;

  /** Empty where no image has a caption, or the method has no common space of both. */
  static Optional<Retrieving> of(Preparation ready) {
    return Towers.exist(ready.method()) ? of(ready.data()) : Optional.empty();
  }

  /** Empty where no held-out image has a caption. */
  public static Optional<Retrieving> of(Dataset data) {
    return data.described()
        .map(Gallery::of)
        .map(gallery -> new Retrieving(gallery, gallery.familiar(data.training())));
  }

  /** What {@link #ask} finds by name, and how many texts could be found at all. */
  public Map<String, Double> figures(Towers towers) {
    Map<String, Double> figures = new LinkedHashMap<>(ask(towers).figures());
    figures.put(FAMILIAR, familiar);
    return figures;
  }

  /** How well each kind finds the other. */
  private Retrieval.Result ask(Towers towers) {
    return Retrieval.of(
        towers.images(gallery.images()), towers.texts(gallery.texts()), gallery.textsOf());
  }

  /** Asks the live weights now and then and adds the recalls to the reports. */
  TrainingListener online(
      Trainer trainer,
      Preparation ready,
      long everySteps,
      List<? extends TrainingListener> listeners) {
    Towers towers = Towers.live(trainer, ready);
    return new MeasuredSteps(everySteps, () -> recalls(ask(towers)), listeners);
  }

  private static Map<String, Double> recalls(Retrieval.Result result) {
    Map<String, Double> recalls = new LinkedHashMap<>();
    result
        .figures()
        .forEach(
            (name, value) -> {
              if (name.contains("recall")) {
                recalls.put(PREFIX + name.replace('.', '_'), value);
              }
            });
    return recalls;
  }
}
