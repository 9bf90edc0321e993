package io.github.nolabel.runs.engine;

import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.data.feature.FeatureCache;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.RunSettings;
import java.util.function.Consumer;

/** What runs are carried out with: the runtime, what plans may name, and how files are written. */
public record Surroundings(TrainingRuntime runtime, Catalogue catalogue, OutputFiles files) {

  /** Where features of frozen networks are kept. */
  FeatureCache features(RunSettings settings, Consumer<String> notices) {
    return new FeatureCache(
        settings.run().datasetSettings().cache(), runtime, settings.deviceSettings(), notices);
  }
}
