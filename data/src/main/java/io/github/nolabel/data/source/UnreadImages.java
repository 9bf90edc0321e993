package io.github.nolabel.data.source;

import io.github.nolabel.data.decode.UnreadFormat;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Counts images of formats that are not read, so that nobody trains on a part unawares. */
final class UnreadImages {

  private final Map<UnreadFormat, Long> counts = new EnumMap<>(UnreadFormat.class);

  /** Counts a file if its name ends like an image that is not read. */
  void add(String name) {
    UnreadFormat.named(name).ifPresent(format -> counts.merge(format, 1L, Long::sum));
  }

  /**
   * What is left out, in two sentences; empty if nothing is.
   *
   * @param read images that are read
   */
  Optional<String> told(long read) {
    long unread = counts.values().stream().mapToLong(Long::longValue).sum();
    return unread == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d of %,d image files (%.1f %%) are of formats that are not read: %s. Convert them to PNG, JPEG or WebP.",
                unread,
                unread + read,
                100.0 * unread / (unread + read),
                counts.entrySet().stream()
                    .map(
                        e -> String.format(Locale.ROOT, "%,d %s", e.getValue(), e.getKey().title()))
                    .collect(Collectors.joining(", "))));
  }
}
