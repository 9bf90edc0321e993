package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.PathNames;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.region.RegionFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a detector wrote of images: {@code photo.npz} for {@code photo.jpg}, beside the image
 * or under the same path in a folder of its own.
 *
 * @param folder where paths of images start
 * @param named whether the user named that folder; then images without regions are told
 */
record RegionFiles(String source, Path folder, boolean named) {

  /** The key of an address that names the folder. */
  static final String KEY = "regions";

  /**
   * In the folder that the address names, else in {@code images}.
   *
   * @throws UserMistake if it names something else than a folder
   */
  static RegionFiles of(SourceAddress address, Path images) {
    Optional<String> written = address.option(KEY);
    return written.isEmpty()
        ? new RegionFiles(address.text(), images, false)
        : new RegionFiles(address.text(), folder(address, written.get()), true);
  }

  private static Path folder(SourceAddress address, String written) {
    try {
      Path folder = Path.of(written);
      if (Files.isDirectory(folder)) {
        return folder;
      }
    } catch (InvalidPathException e) {
      throw new UserMistake("Data source '%s': %s".formatted(address.text(), PathNames.why(e)), e);
    }
    throw new UserMistake(
        "Data source '%s': regions=%s is no folder (looked in %s). Expected the folder of the region features."
            .formatted(address.text(), written, Path.of("").toAbsolutePath()));
  }

  /**
   * The same images, each with its file of regions if there is one. If some have none, that is
   * told.
   *
   * @throws UserMistake if none has any, although the user named a folder
   */
  List<ImageFile> attach(List<ImageFile> images, SourceContext context) {
    List<ImageFile> attached = images.stream().map(image -> image.with(find(image))).toList();
    List<ImageFile> without = attached.stream().filter(image -> image.regions().isEmpty()).toList();
    if (named && !images.isEmpty() && without.size() == images.size()) {
      throw new UserMistake(
          "Data source '%s': none of the %,d images has region features in '%s'; for '%s' there is no '%s' with one of the suffixes %s."
              .formatted(
                  source,
                  images.size(),
                  folder,
                  images.get(0).path(),
                  base(images.get(0).path()),
                  String.join(", ", RegionFile.SUFFIXES)));
    }
    if (!without.isEmpty() && without.size() < images.size()) {
      context
          .notices()
          .accept(
              "%,d of %,d images have no region features, such as '%s'."
                  .formatted(without.size(), images.size(), without.get(0).path()));
    }
    return attached;
  }

  /** How many of the files lie in {@code root} or below. */
  static long below(Path root, List<ImageFile> images) {
    Path whole = root.toAbsolutePath().normalize();
    return images.stream()
        .flatMap(image -> image.regions().stream())
        .map(path -> path.toAbsolutePath().normalize())
        .filter(path -> path.startsWith(whole))
        .distinct()
        .count();
  }

  private Optional<Path> find(ImageFile image) {
    Path base = base(image.path());
    return RegionFile.SUFFIXES.stream()
        .map(suffix -> base.resolveSibling(base.getFileName() + suffix))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** The file without its suffix; an absolute path's name alone counts in a folder of its own. */
  private Path base(String image) {
    Path path = Path.of(image);
    Path file = folder.resolve(named && path.isAbsolute() ? path.getFileName() : path);
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling(dot <= 0 ? name : name.substring(0, dot));
  }
}
