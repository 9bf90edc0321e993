package io.github.nolabel.data.feature;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Says once a minute how many images were seen. */
final class Progress {

  private static final long EVERY = TimeUnit.MINUTES.toNanos(1);

  private final int all;
  private final Consumer<String> notices;
  private long seen;
  private long said = System.nanoTime();

  Progress(int all, Consumer<String> notices) {
    this.all = all;
    this.notices = notices;
  }

  void add(long images) {
    seen += images;
    if (System.nanoTime() - said >= EVERY) {
      said = System.nanoTime();
      notices.accept("%,d of %,d images so far ...".formatted(seen, all));
    }
  }
}
