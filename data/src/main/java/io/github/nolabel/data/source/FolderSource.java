package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.SourceProvider;
import io.github.nolabel.data.decode.ImageDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code folder:PATH}: image files, in class folders or not. */
public final class FolderSource implements SourceProvider {

  @Override
  public String name() {
    return "folder";
  }

  @Override
  public String usage() {
    return "folder:PATH[?split=NAME]";
  }

  @Override
  public String summary() {
    return "Image files (PNG, JPEG, WebP, BMP, GIF); sub-folders are classes, train/ and test/ a"
        + " split";
  }

  @Override
  public List<String> keys() {
    return List.of("split");
  }

  @Override
  public boolean recognises(Path path) {
    return Files.isDirectory(path);
  }

  @Override
  public SourceImages read(SourceAddress address, SourceContext context) {
    Path root = address.existing();
    if (!Files.isDirectory(root)) {
      throw new UserMistake(
          "Data source '%s': '%s' is a file, expected a folder of images."
              .formatted(address.text(), address.path()));
    }
    List<ImageFile> images = new ArrayList<>();
    int others = collect(address, root, images);
    if (images.isEmpty()) {
      throw new UserMistake(
          "Data source '%s': no images in '%s' (%,d other files). Expected .png, .jpg, .webp, .bmp"
                  .formatted(address.text(), address.path(), others)
              + " or .gif files there or in sub-folders.");
    }
    if (others > 0) {
      context.notices().accept("%,d files that are no images are ignored.".formatted(others));
    }
    return FolderLayout.arrange(
        address.text(), images, address.option("split"), FileFingerprint.of(images));
  }

  /** Adds the images and returns how many files are something else. */
  private static int collect(SourceAddress address, Path root, List<ImageFile> images) {
    int others = 0;
    try (Stream<Path> tree = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      for (Path path : (Iterable<Path>) tree::iterator) {
        String relative = relative(root, path);
        if (isHidden(relative) || !Files.isRegularFile(path)) {
          continue;
        }
        if (ImageDecoder.isImageName(relative)) {
          images.add(new ImageFile(relative, Files.size(path), () -> BoundedFiles.readAll(path)));
        } else {
          others++;
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new UserMistake(
          "Data source '%s': cannot read the folder: %s.".formatted(address.text(), e.getMessage()),
          e);
    }
    return others;
  }

  private static boolean isHidden(String relative) {
    return relative.startsWith(".") || relative.contains("/.") || relative.startsWith("__MACOSX/");
  }

  private static String relative(Path root, Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }
}
