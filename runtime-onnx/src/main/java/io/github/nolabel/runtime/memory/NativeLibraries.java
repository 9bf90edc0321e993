package io.github.nolabel.runtime.memory;

import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/** Shared libraries of the system, loaded by name. */
public final class NativeLibraries {

  private NativeLibraries() {}

  /**
   * Loads a library so that later ones find its symbols; returns why that failed, in the loader's
   * words, or nothing.
   *
   * @param name as in {@code libcudart.so.13}, looked for where the system looks
   */
  public static Optional<String> obstacle(String name) {
    try {
      Loader.loadGlobal(name);
      return Optional.empty();
    } catch (UnsatisfiedLinkError e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
