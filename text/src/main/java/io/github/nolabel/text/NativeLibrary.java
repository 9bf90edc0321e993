package io.github.nolabel.text;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.file.CacheLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Unpacks and loads the native part of the Hugging Face library. The library would write below the
 * home folder, look for a variant for the GPU on the network and report its use; system properties
 * that are set for as long as it is called keep it from that.
 */
final class NativeLibrary {

  private static final Map<String, String> QUIET =
      Map.of("ai.djl.offline", "true", "OPT_OUT_TRACKING", "true", "RUST_FLAVOR", "cpu");

  private static boolean loaded;

  private NativeLibrary() {}

  /** Loads the library unless that was done. */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    try {
      Map<String, String> settings = new HashMap<>(QUIET);
      String cache = cache();
      settings.put("ENGINE_CACHE_DIR", cache);
      settings.put("jna.tmpdir", Path.of(cache, "jna").toString());
      withoutCuda();
      loaded = alone(Path.of(cache), () -> with(settings, NativeLibrary::status));
    } catch (Exception | LinkageError e) {
      throw new NolabelException(
          "The native library for tokenizers cannot be loaded on %s %s (%s): expected Linux, macOS on"
                  .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), e)
              + " ARM or Windows, and a cache folder from which libraries may be loaded; name one in"
              + " NOLABEL_CACHE.",
          e);
    }
  }

  /** The library would move its files over those that another process is about to load. */
  private static <T> T alone(Path cache, Callable<T> call) throws Exception {
    return Files.isWritable(cache)
        ? CacheLock.holding(cache.resolve("tokenizers"), () -> {}, alone -> call.call())
        : call.call();
  }

  /** Calls the loaded library. */
  static synchronized <T> T offline(Callable<T> call) throws Exception {
    return with(QUIET, call);
  }

  /**
   * The library would look for a card, with a CUDA runtime that it loads for all of the process:
   * what another one has opened then fails with "invalid resource handle". Started while it
   * believes that a process of its own will look, it loads none; asked afterwards, it knows of no
   * card.
   */
  private static void withoutCuda() throws Exception {
    with(
        Map.of("ai.djl.util.cuda.fork", "true"),
        () -> Class.forName(CudaUtils.class.getName(), true, CudaUtils.class.getClassLoader()));
  }

  private static boolean status() {
    LibUtils.checkStatus();
    return true;
  }

  private static <T> T with(Map<String, String> settings, Callable<T> call) throws Exception {
    List<String> added = new ArrayList<>();
    try {
      settings.forEach((name, value) -> addIfAbsent(name, value, added));
      return call.call();
    } finally {
      added.forEach(System::clearProperty);
    }
  }

  private static void addIfAbsent(String name, String value, List<String> added) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
      added.add(name);
    }
  }

  private static String cache() {
    String chosen =
        System.getenv().getOrDefault("DJL_CACHE_DIR", System.getProperty("DJL_CACHE_DIR", ""));
    if (!chosen.isBlank()) {
      return chosen;
    }
    return writable(userCache(System.getenv(), System.getProperty("user.home"))).toString();
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

  /** The folder, or one for temporary files where it cannot be written. */
  static Path writable(Path folder) {
    try {
      Files.createDirectories(folder);
      if (Files.isWritable(folder)) {
        return folder;
      }
    } catch (IOException e) {
      return temporary();
    }
    return temporary();
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("nolabel-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
