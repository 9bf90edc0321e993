package io.github.nolabel.runs.plan;

import io.github.nolabel.api.option.Suggestions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names that people know from AK_SSL and that are no options here: what to write in their place.
 */
public final class AkSslNames {

  private static final Map<String, String> INSTEAD = new HashMap<>();

  static {
    String colours =
        "images are normalised by ImageNet's mean and std with the built-in backbones, and as the"
            + " file says with onnx:PATH, where backbone.normalisation=R,G,B/R,G,B sets both";
    put("mean", colours);
    put("std", colours);
    put("dim", "similarities are always taken along the features, as with dim=1: leave it out");
    put("save_dir", "it is given beside the options: choose another folder");
    put("reload_checkpoint", "Resume it: a run in its folder goes on from its newest checkpoint");
    put(
        "start_epoch",
        "Resume it: a run goes on where its newest checkpoint ends, and longer with more epochs");
    put("feature_size", "the width of the features follows from the backbone: leave it out");
    put("verbose", "progress is always told, on the error stream: leave it out");
    put(
        "wandb_run",
        "metrics.jsonl and tensorboard/ in the run's folder hold every step, and the log csv=FOLDER"
            + " a table that Weights & Biases takes");
  }

  private AkSslNames() {}

  private static void put(String name, String instead) {
    INSTEAD.put(Suggestions.fold(name), instead);
  }

  /** What to do in place of setting {@code name}; empty if it is no name of AK_SSL's. */
  public static Optional<String> instead(String name) {
    return Optional.ofNullable(INSTEAD.get(Suggestions.fold(name)));
  }
}
