package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.SavedState;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.Towers;
import io.github.nolabel.runs.engine.TrainedRun;
import io.github.nolabel.runs.model.BackboneFile;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.serve.SearchModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The networks of a run, or of an exported file, for a search.
 *
 * @param data the images it was trained with; null if it does not say
 */
record SearchedModel(SearchModel model, @Nullable String data, Runnable end)
    implements AutoCloseable {

  /**
   * A run of images and texts brings both of its towers, everything else a backbone.
   *
   * @throws UserMistake if the path is neither a run nor an exported file, or its images are
   *     regions
   */
  static SearchedModel open(Path path, TrainingRuntime runtime, DeviceSettings device) {
    if (Files.isDirectory(path)) {
      RunDirectory folder = new RunDirectory(path);
      TrainedRun run = TrainedRun.open(folder, Catalogue.standard());
      if (Towers.exist(run.method())) {
        return ofTowers(run, folder, runtime, device);
      }
    }
    Source source = Source.open(path, runtime, BackboneExporter.BACKBONE, null);
    return ofBackbone(source.backbone(), runtime, device);
  }

  private static SearchedModel ofBackbone(
      BackboneFile backbone, TrainingRuntime runtime, DeviceSettings device) {
    Embedder embedder = runtime.embedder(backbone.model(), device);
    String method = backbone.card().provenance().getOrDefault("method", "backbone");
    SearchModel model =
        new SearchModel(
            method,
            new Fingerprint().add(backbone.model().bytes()).hex(),
            backbone.card().preprocessing(),
            embedder::embed,
            Optional.empty());
    return new SearchedModel(model, backbone.card().provenance().get("data"), embedder::close);
  }

  private static SearchedModel ofTowers(
      TrainedRun run, RunDirectory folder, TrainingRuntime runtime, DeviceSettings device) {
    if (!run.method().recipe().inputs().regions().isEmpty()) {
      throw new UserMistake(
          "The run in %s reads the regions that a detector found, which a picture that is sent does not have; search it with 'search'."
              .formatted(folder.root()));
    }
    SavedState saved = runtime.saved(folder.root());
    Towers towers = Towers.open(run, saved.state(), saved.step(), folder, runtime, device);
    Embedder images = Embedder.of(towers.image());
    BackboneFile image = run.export(saved, BackboneExporter.IMAGE);
    SearchModel model =
        new SearchModel(
            run.method().method(),
            new Fingerprint().add(image.model().bytes()).hex(),
            towers.inputs().evaluation(),
            images::embed,
            Optional.of(text -> towers.texts(List.of(text)).values()));
    return new SearchedModel(model, run.plan().run().data(), towers::close);
  }

  @Override
  public void close() {
    end.run();
  }
}
