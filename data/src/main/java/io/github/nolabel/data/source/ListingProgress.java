package io.github.nolabel.data.source;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Says now and then how many files were found, while a large folder is listed. */
final class ListingProgress {

  static final int EVERY = 50_000;

  private final Path folder;
  private final int every;
  private final Consumer<String> notices;
  private long found;

  ListingProgress(Path folder, int every, Consumer<String> notices) {
    this.folder = folder;
    this.every = every;
    this.notices = notices;
  }

  /** One more file was found. */
  void add() {
    found++;
    if (found % every == 0) {
      notices.accept("Listing '%s': %,d files so far ...".formatted(folder, found));
    }
  }
}
