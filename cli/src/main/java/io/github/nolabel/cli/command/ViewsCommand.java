package io.github.nolabel.cli.command;

import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.runs.Engine;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.ConfigFile;
import io.github.nolabel.runs.report.ViewsPage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a network would see, before it is trained. */
@Command(
    name = "views",
    description =
        "Write one HTML page of training images and their views, as pretrain with the same flags"
            + " makes them.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ViewsCommand implements Callable<Integer> {

  private static final int MOST = 1000;

  private final Console console;
  private final OutputFiles files;

  @Mixin private RunFlags flags = new RunFlags();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML with the same names; flags win over it.")
  private @Nullable Path config;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "12",
      description = "How many, spread evenly over the training images; 12 unless said otherwise.")
  private String images = "12";

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "views.html",
      description = "Where the page goes; views.html unless said otherwise.")
  private Path output = Path.of("views.html");

  ViewsCommand(Console console, OutputFiles files) {
    this.console = console;
    this.files = files;
  }

  @Override
  public Integer call() {
    int rows = (int) Numbers.whole("images", images, 1, MOST);
    ConfigFile file = config == null ? ConfigFile.NONE : ConfigFile.read(config);
    RunPlan plan = RunPlan.layered(List.of(file.assignments(), flags.assignments()));
    Engine engine = new Engine(TrainingRuntime.find(), Catalogue.standard(), files, List.of());
    new ViewsPage(files, console::notice).of(engine.resolve(plan), rows, output);
    console.out().println("Views: " + output);
    return 0;
  }
}
