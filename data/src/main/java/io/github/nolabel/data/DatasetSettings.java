package io.github.nolabel.data;

import io.github.nolabel.api.Require;
import java.nio.file.Path;
import java.util.Map;

/**
 * How a source is opened.
 *
 * @param limit use only so many training images, chosen by {@code seed}; 0 is all
 * @param seed chooses the images under {@code limit}; what is held out never depends on it
 * @param strict a broken image is a {@link io.github.nolabel.api.UserMistake}, not a warning
 * @param cache folder for what is unpacked or rendered once
 */
public record DatasetSettings(long limit, long seed, boolean strict, Path cache) {

  /** All images, seed 0, lenient, the user's cache folder. */
  public static final DatasetSettings DEFAULTS =
      new DatasetSettings(0, 0, false, userCache(System.getenv(), System.getProperty("user.home")));

  public DatasetSettings {
    Require.that(limit >= 0, "limit must not be negative, got " + limit);
  }

  public DatasetSettings withLimit(long newLimit) {
    return new DatasetSettings(newLimit, seed, strict, cache);
  }

  public DatasetSettings withSeed(long newSeed) {
    return new DatasetSettings(limit, newSeed, strict, cache);
  }

  public DatasetSettings withStrict(boolean newStrict) {
    return new DatasetSettings(limit, seed, newStrict, cache);
  }

  public DatasetSettings withCache(Path newCache) {
    return new DatasetSettings(limit, seed, strict, newCache);
  }

  /**
   * {@code $NOLABEL_CACHE}, else {@code $XDG_CACHE_HOME/nolabel}, else {@code ~/.cache/nolabel}.
   */
  static Path userCache(Map<String, String> environment, String home) {
    String own = environment.getOrDefault("NOLABEL_CACHE", "");
    if (!own.isBlank()) {
      return Path.of(own);
    }
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    return (shared.isBlank() ? Path.of(home, ".cache") : Path.of(shared)).resolve("nolabel");
  }
}
