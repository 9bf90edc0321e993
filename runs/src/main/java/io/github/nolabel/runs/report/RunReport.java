package io.github.nolabel.runs.report;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.file.OutputFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes what runs have learnt, and how, as one HTML page that needs nothing else: no network, no
 * script, no other file.
 */
public final class RunReport {

  private static final int VIEWED = 4;

  private final OutputFiles files;
  private final Consumer<String> notices;

  /**
   * @param files writes the page
   * @param notices takes lines for the person who waits
   */
  public RunReport(OutputFiles files, Consumer<String> notices) {
    this.files = files;
    this.notices = notices;
  }

  /** The page about these runs, written to the local disk. */
  public static void write(List<Path> runs, Path file) {
    new RunReport(OutputFiles.LOCAL, notice -> {}).of(runs, file);
  }

  /**
   * Writes the page under a temporary name and renames it. What a run lacks is said in its place.
   *
   * @param runs folders, one at least
   * @throws io.github.nolabel.api.UserMistake if a folder is none of a run, or the file cannot be
   *     written
   */
  public void of(List<Path> runs, Path file) {
    Require.that(!runs.isEmpty(), "a report needs a run");
    OutputFiles.requireWritable(file);
    List<Story> stories = runs.stream().map(Story::read).toList();
    String page = Page.of(title(stories), content(stories));
    OutputFiles.createFolder(file.toAbsolutePath().resolveSibling("."));
    files.write(file, page);
  }

  private static String title(List<Story> stories) {
    return stories.stream().map(Story::name).collect(Collectors.joining(", "));
  }

  private String content(List<Story> stories) {
    return stories.size() == 1 ? article(stories.get(0)) : together(Comparison.of(stories));
  }

  private String together(Comparison all) {
    return all.html()
        + IntStream.range(0, all.stories().size())
            .mapToObj(run -> folded(all.names().get(run), all.stories().get(run)))
            .collect(Collectors.joining());
  }

  private String folded(String name, Story story) {
    return "<details><summary>%s</summary>\n%s</details>\n"
        .formatted(Html.text(name), article(story));
  }

  private String article(Story story) {
    return "<article>\n%s%s%s%s%s%s%s%s</article>\n"
        .formatted(
            Headline.of(story),
            LearntSection.of(story),
            Opened.show(story, notices, run -> pictures(run, story)),
            LossSection.of(story),
            MonitorSection.of(story),
            ScheduleSection.of(story),
            TimeSection.of(story),
            ConfigurationSection.of(story));
  }

  private static String pictures(Opened run, Story story) {
    if (!run.readsImages()) {
      return Html.section(
          "pictures",
          "Pictures",
          Html.note("There are none: the network reads region features in place of images."));
    }
    Exhibition shown = Exhibition.of(run, story);
    return ConfusionSection.of(shown)
        + MapSection.of(shown)
        + GallerySection.of(shown)
        + ViewsSection.of(
            run.inputs(), run.data().training(), VIEWED, run.trained().plan().run().seed());
  }
}
