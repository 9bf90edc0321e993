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
 * @param captions what it shows, as far as anybody says
 */
record ImageFile(
    String path, long bytes, Content content, Optional<String> label, List<String> captions) {

  ImageFile(String path, long bytes, Content content) {
    this(path, bytes, content, Optional.empty(), List.of());
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
