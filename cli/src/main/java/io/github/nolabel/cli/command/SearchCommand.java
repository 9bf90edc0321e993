package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.TextSearch;
import io.github.nolabel.runs.engine.TextSearch.Found;
import io.github.nolabel.runs.engine.Towers;
import io.github.nolabel.runs.engine.TrainedRun;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.model.ContactSheet;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.RunConfig;
import io.github.nolabel.runs.protocol.Columns;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds images by words. */
@Command(
    name = "search",
    description = "Find images by words, with a run of images and captions such as clip.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SearchCommand implements Callable<Integer> {

  private static final String DEFAULT_COUNT = "10";

  private final Console console;
  private final OutputFiles files;

  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of a run.")
  private Path run = Path.of("");

  @Parameters(index = "1", paramLabel = "WORDS", description = "What the images should show.")
  private String words = "";

  @Mixin private ComputeFlags flags = new ComputeFlags();

  @Option(
      names = {"--k", "-k"},
      paramLabel = "N",
      description = "How many images; 10 unless said otherwise.",
      defaultValue = DEFAULT_COUNT)
  private String count = DEFAULT_COUNT;

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      description = "Where their pictures go; search.png in the run unless said otherwise.")
  private @Nullable Path sheet;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  SearchCommand(Console console, OutputFiles files) {
    this.console = console;
    this.files = files;
  }

  @Override
  public Integer call() {
    int k = (int) Numbers.whole("k", count, 1, 1000);
    if (words.isBlank()) {
      throw new UserMistake("There are no words to search for; write them in quotes.");
    }
    RunDirectory folder = new RunDirectory(run);
    Path picture = Optional.ofNullable(sheet).orElseGet(() -> run.resolve("search.png"));
    TrainedRun trained = TrainedRun.open(folder, Catalogue.standard());
    OutputFiles.requireWritable(picture);
    RunConfig config = flags.over(trained.plan().run());
    ImageDataset images = Datasets.images(config.data(), config.datasetSettings(), console::notice);
    tell(images, found(trained, folder, images, k), picture);
    return 0;
  }

  private List<Found> found(TrainedRun trained, RunDirectory folder, ImageDataset images, int k) {
    TrainingRuntime runtime = TrainingRuntime.find();
    try (Towers towers = Towers.open(trained, runtime.saved(run), folder, runtime)) {
      return new TextSearch(images, towers).find(words, k);
    }
  }

  private void tell(ImageDataset images, List<Found> found, Path picture) {
    ContactSheet contact = new ContactSheet(words);
    for (Found one : found) {
      try {
        contact.add(images.image(one.index()), described(one));
      } catch (BrokenImageException e) {
        console.notice("Not on the sheet: " + e.getMessage());
      }
    }
    files.write(picture, contact::write);
    if (json) {
      console.out().print(Json.pretty(new Answer(words, found, picture.toString())));
      return;
    }
    Columns.aligned(
            found.stream()
                .map(
                    one ->
                        List.of(
                            String.format(Locale.ROOT, "%.3f", one.cosine()),
                            one.name(),
                            String.join("; ", one.captions())))
                .toList())
        .forEach(console.out()::println);
    console.out().println("Pictures: " + picture);
  }

  private static String described(Found one) {
    return one.captions().isEmpty() ? one.name() : one.captions().get(0);
  }

  /** What is printed as JSON. */
  record Answer(String words, List<Found> found, String sheet) {}
}
