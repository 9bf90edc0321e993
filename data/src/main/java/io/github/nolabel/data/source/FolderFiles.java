package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.FileInput;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.decode.ImageDecoder;
import java.io.IOException;
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
  private final List<StoredFile> images = new ArrayList<>();
  private final Map<String, StoredFile> texts = new HashMap<>();
  private final UnreadImages unread = new UnreadImages();
  private int others;

  private FolderFiles(String source) {
    this.source = source;
  }

  static FolderFiles of(String source, List<StoredFile> found) {
    FolderFiles files = new FolderFiles(source);
    found.forEach(files::add);
    return files;
  }

  /**
   * @param notices is told how far the listing of a large folder is, and what cannot be read
   * @throws UserMistake if the folder cannot be read
   */
  static FolderFiles of(String source, Path root, Consumer<String> notices) {
    ListingProgress progress = new ListingProgress(root, ListingProgress.EVERY, notices);
    FileTree tree = FileTree.of(source, root, Integer.MAX_VALUE, progress::add);
    FolderFiles files =
        of(source, tree.files().stream().map(path -> local(source, root, path)).toList());
    tree.tell(notices);
    return files;
  }

  private static StoredFile local(String source, Path root, Path path) {
    try {
      return new StoredFile(
          root.relativize(path).toString().replace('\\', '/'),
          Files.size(path),
          () -> FileInput.open(path));
    } catch (IOException e) {
      throw new UserMistake(
          "Data source '%s': cannot read '%s': %s.".formatted(source, path, e.getMessage()), e);
    }
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
    long used = images.stream().map(FolderFiles::key).distinct().filter(texts::containsKey).count();
    return others + texts.size() - (int) used;
  }

  /**
   * @param others files that nobody reads
   * @throws UserMistake if there are no images
   */
  void requireImages(SourceAddress address, List<ImageFile> read, long others) {
    if (read.isEmpty()) {
      throw new UserMistake(
          "Data source '%s': no images in '%s' (%,d other files). Expected .png, .jpg, .webp, .bmp"
                  .formatted(source, address.path(), others)
              + " or .gif files there or in sub-folders."
              + unread.told(0).map(" "::concat).orElse(""));
    }
  }

  /** Says what is not read. */
  void tell(long others, Consumer<String> notices) {
    unread.told(images.size()).ifPresent(notices);
    if (others > 0) {
      notices.accept("%,d files that are no images are ignored.".formatted(others));
    }
  }

  private void add(StoredFile file) {
    if (ImageDecoder.isImageName(file.path())) {
      images.add(file);
    } else if (!file.path().toLowerCase(Locale.ROOT).endsWith(CAPTIONS)
        || texts.putIfAbsent(key(file), file) != null) {
      others++;
      unread.add(file.path());
    }
  }

  private ImageFile image(StoredFile file) {
    return new ImageFile(
        file.path(),
        file.bytes(),
        () -> file.read(BoundedFiles.LARGEST_IMAGE),
        Optional.empty(),
        Optional.ofNullable(texts.get(key(file))).map(this::captions).orElse(List.of()));
  }

  private List<String> captions(StoredFile file) {
    try {
      return CaptionText.lines(source, file.path(), file.read(LARGEST_TEXT));
    } catch (IOException e) {
      throw new UserMistake(
          "Data source '%s': the captions in '%s' cannot be read: %s."
              .formatted(source, file.path(), e.getMessage()),
          e);
    }
  }

  /** What an image and its captions have in common: all but the suffix. */
  private static String key(StoredFile file) {
    return file.path().substring(0, Math.max(0, file.path().lastIndexOf('.')));
  }
}
