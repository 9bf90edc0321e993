package io.github.nolabel.data.source;

import java.util.List;
import java.util.Optional;

/**
 * An encoded image somewhere in a collection.
 *
 * @param path within the collection, with slashes
 * @param bytes size of the encoded image
 * @param content how to get at it
 * @param label its class as written beside it, if so
 * @param caption what it shows, if so
 */
record ImageFile(
    String path, long bytes, Content content, Optional<String> label, Optional<String> caption) {

  ImageFile(String path, long bytes, Content content) {
    this(path, bytes, content, Optional.empty(), Optional.empty());
  }

  /** The folders above it, outermost first. */
  List<String> folders() {
    String[] parts = path.split("/");
    return List.of(parts).subList(0, parts.length - 1);
  }

  /** Reads the encoded image. */
  @FunctionalInterface
  interface Content {
    byte[] read() throws java.io.IOException;
  }
}
