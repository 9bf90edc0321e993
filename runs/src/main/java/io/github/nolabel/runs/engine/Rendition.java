package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.input.ViewFeed;
import io.github.nolabel.api.train.DeviceConfig;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.data.load.LoaderSettings;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.view.RenderedViews;
import java.util.Optional;

/**
 * Who renders the views of a run: the loader, or the training graph.
 *
 * @param feed what the graph is fed if it does
 */
record Rendition(Optional<ViewFeed> feed) {

  /**
   * As the options say.
   *
   * @throws io.github.nolabel.api.UserMistake if the device should, and cannot render such views
   */
  static Rendition of(DeviceConfig device, TrainingRecipe recipe) {
    if (device.views() == DeviceConfig.Views.PROCESSOR) {
      return new Rendition(Optional.empty());
    }
    Require.that(
        recipe.joint().isEmpty(),
        "device.views=device and optimizer.jointBatch=true cannot be set together: images that pass the network twice are rendered by the processor. Leave one of them out.");
    return new Rendition(Optional.of(ViewFeed.of(recipe.inputs(), device.canvas())));
  }

  /** The method, trained by what does its part of it. */
  CompiledMethod of(CompiledMethod method) {
    return feed.map(views -> method.with(RenderedViews.of(method.recipe(), views))).orElse(method);
  }

  /**
   * The loader's part.
   *
   * @throws io.github.nolabel.api.UserMistake if a batch of pictures is too large
   */
  LoaderSettings of(LoaderSettings settings) {
    feed.ifPresent(views -> views.requireFits(settings.batchSize()));
    return feed.map(settings::feeding).orElse(settings);
  }
}
