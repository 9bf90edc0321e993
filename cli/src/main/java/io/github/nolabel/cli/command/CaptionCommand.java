package io.github.nolabel.cli.command;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.inference.ImageFiles;
import io.github.nolabel.inference.generate.CaptionWriter;
import io.github.nolabel.inference.generate.Generation;
import io.github.nolabel.runs.engine.Captioning;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.RunTokenizer;
import io.github.nolabel.runs.engine.TrainedRun;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.RunConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what images show. */
@Command(
    name = "caption",
    description = "Write what images show, with a run such as simvlm.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CaptionCommand implements Callable<Integer> {

  private static final String DEFAULT_COUNT = "8";

  private final Console console;

  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of a run.")
  private Path run = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "IMAGE",
      description = "Image files; held-out images of the data unless some are named.")
  private List<Path> named = new ArrayList<>();

  @Mixin private ComputeFlags flags = new ComputeFlags();

  @Mixin private GenerationFlags how = new GenerationFlags();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many held-out images; 8 unless said otherwise.",
      defaultValue = DEFAULT_COUNT)
  private String count = DEFAULT_COUNT;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  CaptionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Generation generation = how.generation();
    int most = (int) Numbers.whole("count", count, 1, 1000);
    TrainedRun trained = TrainedRun.open(new RunDirectory(run), Catalogue.standard());
    requireDecoder(trained);
    RunConfig config = flags.over(trained.plan().run());
    TrainingRuntime runtime = TrainingRuntime.find();
    try (Model decoder =
        runtime.model(
            trained.export(runtime.saved(run), BackboneExporter.DECODER).model(),
            config.deviceSettings())) {
      Preprocessing preprocessing = trained.method().recipe().inputs().evaluation();
      CaptionWriter writer = writer(trained, decoder);
      Function<Tensor, String> captioner = image -> writer.write(image, generation);
      tell(
          named.isEmpty()
              ? heldOut(config, most, preprocessing, captioner)
              : ofFiles(preprocessing, captioner));
    }
    return 0;
  }

  private void requireDecoder(TrainedRun trained) {
    if (!Captioning.isPossible(trained.method())) {
      throw new UserMistake(
          "%s was trained by %s, which writes no texts. Captions need a run of a method such as simvlm."
              .formatted(run, trained.method().method()));
    }
  }

  private CaptionWriter writer(TrainedRun trained, Model decoder) {
    return new CaptionWriter(
        RunTokenizer.read(trained.plan(), new RunDirectory(run)).orElseThrow().tokenizer(),
        trained.plan().texts().orElseThrow().length(),
        inputs ->
            Objects.requireNonNull(
                decoder.run(inputs).get(TrainingProgram.LOGITS), TrainingProgram.LOGITS));
  }

  private List<Captioned> ofFiles(Preprocessing preprocessing, Function<Tensor, String> captioner) {
    return named.stream()
        .map(
            file ->
                new Captioned(
                    file.toString(),
                    captioner.apply(ImageFiles.prepared(file, preprocessing)),
                    List.of()))
        .toList();
  }

  private List<Captioned> heldOut(
      RunConfig config, int most, Preprocessing preprocessing, Function<Tensor, String> captioner) {
    ImageDataset images =
        Datasets.open(config.data(), config.datasetSettings(), console::notice)
            .described()
            .orElseThrow(
                () ->
                    new UserMistake(
                        "No held-out image of '%s' has a caption. Name image files."
                            .formatted(config.data())));
    List<Captioned> captioned = new ArrayList<>();
    for (int i = 0; i < Math.min(most, images.size()); i++) {
      try {
        String name = images.name(i);
        Tensor image = PreparedImages.one(name, images.image(i), preprocessing);
        captioned.add(new Captioned(name, captioner.apply(image), images.captions(i)));
      } catch (BrokenImageException e) {
        console.notice("Left out: " + e.getMessage());
      }
    }
    return captioned;
  }

  private void tell(List<Captioned> captioned) {
    if (json) {
      console.out().print(Json.pretty(Map.of("captions", captioned)));
      return;
    }
    for (Captioned one : captioned) {
      console.out().println(one.image());
      console.out().println("  written  " + one.caption());
      one.truth().stream().limit(1).forEach(text -> console.out().println("  true     " + text));
    }
  }

  /**
   * What is printed of an image.
   *
   * @param truth its own captions; none of an image that was named
   */
  record Captioned(String image, String caption, List<String> truth) {}
}
