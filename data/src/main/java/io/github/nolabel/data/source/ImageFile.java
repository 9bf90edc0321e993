package io.github.nolabel.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An encoded image somewhere in a collection.
 *
 * @param path within the collection, with slashes
 * @param bytes size of the encoded image; {@link #UNKNOWN} if nobody says before it is read
 * @param content how to get at it
 * @param label its class as written beside it, if so
 * @param captions what it shows, as far as anybody says
 * @param regions the file of what a detector found in it, if one looked
 */
public record ImageFile(
    String path,
    long bytes,
    Content content,
    Optional<String> label,
    List<String> captions,
    Optional<Path> regions) {

  /** A size that only reading would tell. */
  public static final long UNKNOWN = -1;

  ImageFile(String path, long bytes, Content content) {
    this(path, bytes, content, Optional.empty(), List.of());
  }

  /** One whose regions nobody looked for. */
  public ImageFile(
      String path, long bytes, Content content, Optional<String> label, List<String> captions) {
    this(path, bytes, content, label, captions, Optional.empty());
  }

  /** The same with the file of its regions. */
  ImageFile with(Optional<Path> regions) {
    return new ImageFile(path, bytes, content, label, captions, regions);
  }

  /** The folders above it, outermost first. */
  List<String> folders() {
    String[] parts = path.split("/");
    return List.of(parts).subList(0, parts.length - 1);
  }

  /** Reads the encoded image. */
  @FunctionalInterface
  public interface Content {
    byte[] read() throws java.io.IOException;
  }
}
