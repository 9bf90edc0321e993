package io.github.nolabel.runs.report;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.runs.engine.Foreseen;
import io.github.nolabel.runs.plan.ResolvedPlan;
import io.github.nolabel.runs.plan.RunConfig;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Writes what a network would see of some training images as one HTML page that needs nothing else:
 * to judge augmentations before a run begins.
 */
public final class ViewsPage {

  private final OutputFiles files;
  private final Consumer<String> notices;

  /**
   * @param files writes the page
   * @param notices takes lines for the person who waits
   */
  public ViewsPage(OutputFiles files, Consumer<String> notices) {
    this.files = files;
    this.notices = notices;
  }

  /**
   * Writes the page under a temporary name and renames it.
   *
   * @param images how many, spread evenly over the training images
   * @param file ends in {@code .html}
   * @throws UserMistake if the file cannot be written or is no page, or plan and data do not go
   *     together; nothing is written then
   */
  public void of(ResolvedPlan plan, int images, Path file) {
    requirePage(file);
    OutputFiles.requireWritable(file);
    Foreseen seen = Foreseen.of(plan, notices);
    RunConfig run = plan.settings().run();
    String page =
        Page.of(
            "Views of " + run.method(),
            heading(run)
                + ViewsSection.of(seen.inputs(), seen.data().training(), images, run.seed()));
    OutputFiles.createFolder(file.toAbsolutePath().resolveSibling("."));
    files.write(file, page);
  }

  private static void requirePage(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (!name.endsWith(".html") && !name.endsWith(".htm")) {
      throw new UserMistake(
          "The views are an HTML page, and %s is the name of something else: write %1$s.html."
              .formatted(file));
    }
  }

  private static String heading(RunConfig run) {
    return "<header>\n<p class=\"kicker\">%s · seed %d</p>\n<h1>Views of %s</h1>\n</header>\n"
        .formatted(Html.text(run.data()), run.seed(), Html.text(run.method()));
  }
}
