package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.FileInput;
import io.github.nolabel.data.decode.ImageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What lies in a folder and below: images, the captions beside them ({@code photo.txt} beside
 * {@code photo.jpg}), and other files, which are counted.
 */
final class FolderFiles {

  private static final String CAPTIONS = ".txt";
  private static final int LARGEST_TEXT = 1 << 20;

  private final String source;
  private final Path root;
  private final List<Path> images = new ArrayList<>();
  private final Map<String, Path> texts = new HashMap<>();
  private final UnreadImages unread = new UnreadImages();
  private int others;

  private FolderFiles(String source, Path root) {
    this.source = source;
    this.root = root;
  }

  /**
   * @param notices is told how far the listing of a large folder is, and what cannot be read
   * @throws UserMistake if the folder cannot be read
   */
  static FolderFiles of(String source, Path root, Consumer<String> notices) {
    FolderFiles files = new FolderFiles(source, root);
    ListingProgress progress = new ListingProgress(root, ListingProgress.EVERY, notices);
    FileTree tree = FileTree.of(source, root, Integer.MAX_VALUE, progress::add);
    tree.files().forEach(files::add);
    tree.tell(notices);
    return files;
  }

  /**
   * The images with their captions.
   *
   * @throws UserMistake if captions are no text
   */
  List<ImageFile> images() {
    return images.stream().map(this::image).toList();
  }

  /** How many files are neither images nor captions of one. */
  int others() {
    long used = images.stream().map(this::key).distinct().filter(texts::containsKey).count();
    return others + texts.size() - (int) used;
  }

  /** What is said of images of formats that are not read; empty if there are none. */
  Optional<String> unread() {
    return unread.told(images.size());
  }

  private void add(Path path) {
    String relative = relative(path);
    if (ImageDecoder.isImageName(relative)) {
      images.add(path);
    } else if (!relative.toLowerCase(Locale.ROOT).endsWith(CAPTIONS)
        || texts.putIfAbsent(key(path), path) != null) {
      others++;
      unread.add(relative);
    }
  }

  private ImageFile image(Path path) {
    try {
      return new ImageFile(
          relative(path),
          Files.size(path),
          () -> BoundedFiles.readAll(path),
          Optional.empty(),
          Optional.ofNullable(texts.get(key(path))).map(this::captions).orElse(List.of()));
    } catch (IOException e) {
      throw new UserMistake(
          "Data source '%s': cannot read '%s': %s.".formatted(source, path, e.getMessage()), e);
    }
  }

  private List<String> captions(Path path) {
    try (InputStream input = FileInput.open(path)) {
      return CaptionText.lines(source, relative(path), BoundedFiles.readAll(input, LARGEST_TEXT));
    } catch (IOException e) {
      throw new UserMistake(
          "Data source '%s': the captions in '%s' cannot be read: %s."
              .formatted(source, path, e.getMessage()),
          e);
    }
  }

  /** What an image and its captions have in common: all but the suffix. */
  private String key(Path path) {
    String relative = relative(path);
    return relative.substring(0, Math.max(0, relative.lastIndexOf('.')));
  }

  private String relative(Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }
}
