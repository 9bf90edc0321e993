package io.github.nolabel.runs.engine;

import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.feature.KeptFeatures;
import io.github.nolabel.data.load.BatchLoader;
import io.github.nolabel.data.load.LoaderSettings;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.runs.plan.RunConfig;
import java.util.Map;
import java.util.Optional;

/**
 * What batches are made of.
 *
 * @param features that are known of every image, by input
 */
record Feed(Dataset data, Optional<RunTokenizer> tokenizer, Map<String, KeptFeatures> features) {

  BatchLoader loader(RunConfig run, CompiledMethod method, Rendition views) {
    LoaderSettings loading =
        LoaderSettings.of(method.run(), run.loaderThreads(), run.strict(), run.decode());
    return new BatchLoader(
        data.training(),
        method.recipe().inputs(),
        views.of(loading),
        tokenizer.map(RunTokenizer::byName).orElse(Map.of()),
        features);
  }
}
