package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.file.Disk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Command lines, each with a mistake, by a name that says which. */
final class Mistakes {

  /** What somebody types, and on which disk. */
  record Typing(Disk disk, List<String> args) {}

  private final Path folder;
  private final Map<String, Typing> all = new LinkedHashMap<>();

  /**
   * @param folder for whatever a command reads and writes
   */
  Mistakes(Path folder) {
    this.folder = folder;
  }

  Map<String, Typing> all() {
    return all;
  }

  Path at(String name) {
    return folder.resolve(name);
  }

  void add(String name, String... args) {
    add(name, Disk.LOCAL, args);
  }

  void add(String name, Disk disk, String... args) {
    assertThat(all.put(name, new Typing(disk, List.of(args)))).as(name).isNull();
  }

  /** A run of seconds. */
  void addQuick(String name, Path photos, String out, String... more) {
    add(name, quick(photos, at(out), more));
  }

  static String[] quick(Path photos, Path out, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "pretrain",
                "--data",
                "folder:" + photos,
                "--out",
                out.toString(),
                "--image-size",
                "16",
                "--set",
                "backbone.width=4"));
    if (!List.of(more).contains("--epochs")) {
      args.addAll(List.of("--epochs", "1"));
    }
    if (!List.of(more).contains("--batch-size")) {
      args.addAll(List.of("--batch-size", "4"));
    }
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }
}
