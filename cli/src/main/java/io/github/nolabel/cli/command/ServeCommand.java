package io.github.nolabel.cli.command;

import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.runs.plan.RunConfig;
import io.github.nolabel.serve.SearchIndex;
import io.github.nolabel.serve.SearchServer;
import io.github.nolabel.serve.ServerSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves a page on which images are found by pictures or words. */
@Command(
    name = "serve",
    description =
        "Serve a page that finds images like a picture, or by words, and the same as JSON over"
            + " HTTP.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {

  private static final String LOCAL = "127.0.0.1";
  private static final String PORT = "8080";
  private static final String MEBIBYTES = "32";

  private final Console console;

  @Parameters(paramLabel = "MODEL", description = "Exported ONNX file, or folder of a run.")
  private Path model = Path.of("");

  @Mixin private ComputeFlags flags = new ComputeFlags();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "Where to listen; 127.0.0.1, this computer alone, unless said otherwise. 0.0.0.0 lets"
              + " everyone in who can reach it.",
      defaultValue = LOCAL)
  private String host = LOCAL;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "8080 unless said otherwise; 0 takes one that is free.",
      defaultValue = PORT)
  private String port = PORT;

  @Option(
      names = "--max-body-mib",
      paramLabel = "N",
      description = "The largest picture that may be sent, in MiB; 32 unless said otherwise.",
      defaultValue = MEBIBYTES)
  private String mebibytes = MEBIBYTES;

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    ServerSettings settings =
        ServerSettings.DEFAULTS
            .withHost(host)
            .withPort((int) Numbers.whole("port", port, 0, 65535))
            .withMaxBodyBytes(Numbers.whole("max-body-mib", mebibytes, 1, 1024) << 20);
    SearchServer.requireFree(settings);
    TrainingRuntime runtime = TrainingRuntime.find();
    RunConfig asked = flags.overDefaults(null);
    runtime.device(asked.deviceSettings());
    try (SearchedModel searched = SearchedModel.open(model, runtime, asked.deviceSettings())) {
      serve(searched, settings);
    }
    return 0;
  }

  private void serve(SearchedModel searched, ServerSettings settings) throws InterruptedException {
    RunConfig config = flags.overDefaults(searched.data());
    ImageDataset images = Datasets.images(config.data(), config.datasetSettings(), console::notice);
    CountDownLatch stopped = new CountDownLatch(1);
    SearchIndex index =
        SearchIndex.open(images, searched.model(), file(config, searched), console::notice);
    tellBroken(index);
    try (SearchServer server = SearchServer.start(index, settings)) {
      console.interruption().during(stopped::countDown);
      console
          .out()
          .printf(
              "%,d images of %s: %s (Ctrl-C ends)%n",
              index.size(), config.data(), server.address());
      console.out().flush();
      stopped.await();
    } finally {
      console.interruption().over();
    }
  }

  /** In the cache, one per data and model. */
  private static Path file(RunConfig config, SearchedModel searched) {
    String key =
        new Fingerprint()
            .add(Datasets.absolute(config.data()).orElse(config.data()))
            .add(searched.model().fingerprint())
            .hex()
            .substring(0, 24);
    return config.datasetSettings().cache().resolve("search-" + key + ".features");
  }

  private void tellBroken(SearchIndex index) {
    if (!index.broken().isEmpty()) {
      console.notice("%,d images cannot be read:".formatted(index.broken().size()));
      index.broken().values().forEach(fault -> console.notice("  " + fault));
    }
  }
}
