package io.github.nolabel.runs.engine;

import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.data.Gallery;
import io.github.nolabel.evaluation.Retrieval;
import io.github.nolabel.runs.watch.MeasuredSteps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets held-out images and their captions look for each other. */
public record Retrieving(Gallery gallery) {

  /** What the names of the figures begin with while a run trains. */
  public static final String PREFIX = "retrieval_";

  /** Empty where no image has a caption, or the method has no common space of both. */
  static Optional<Retrieving> of(Preparation ready) {
    return Towers.exist(ready.method())
        ? ready.data().described().map(images -> new Retrieving(Gallery.of(images)))
        : Optional.empty();
  }

  /** How well each kind finds the other. */
  public Retrieval.Result ask(Towers towers) {
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
