package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.decode.ImageDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images of an archive with what stands beside them: {@code key.cls} is the label of {@code
 * key.jpg}, {@code key.txt} its caption. A key ends at the first dot of the file's name.
 */
final class SampleGroups {

  private static final int LONGEST_TEXT = 1 << 16;

  private final UnpackedTar archive;
  private final Map<String, TarEntry> labels = new HashMap<>();
  private final Map<String, TarEntry> captions = new HashMap<>();

  private SampleGroups(UnpackedTar archive) {
    this.archive = archive;
    for (TarEntry entry : archive.entries()) {
      if (entry.path().endsWith(".cls")) {
        labels.put(key(entry.path()), entry);
      } else if (entry.path().endsWith(".txt")) {
        captions.put(key(entry.path()), entry);
      }
    }
  }

  static List<ImageFile> images(UnpackedTar archive) {
    SampleGroups groups = new SampleGroups(archive);
    List<ImageFile> images = new ArrayList<>();
    for (TarEntry entry : archive.entries()) {
      if (ImageDecoder.isImageName(entry.path())) {
        images.add(groups.image(entry));
      }
    }
    return images;
  }

  private ImageFile image(TarEntry entry) {
    String key = key(entry.path());
    return new ImageFile(
        entry.path(),
        entry.bytes(),
        () -> archive.read(entry),
        Optional.ofNullable(labels.get(key)).map(this::text),
        Optional.ofNullable(captions.get(key)).map(this::text).filter(t -> !t.isEmpty()).stream()
            .toList());
  }

  private String text(TarEntry entry) {
    if (entry.bytes() > LONGEST_TEXT) {
      throw new UserMistake(
          "'%s' in the archive has %,d bytes; a label or caption has at most %,d."
              .formatted(entry.path(), entry.bytes(), LONGEST_TEXT));
    }
    try {
      return new String(archive.read(entry), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UserMistake(
          "'%s' in the archive cannot be read: %s.".formatted(entry.path(), e.getMessage()), e);
    }
  }

  private static String key(String path) {
    int name = path.lastIndexOf('/') + 1;
    int dot = path.indexOf('.', name);
    return dot < 0 ? path : path.substring(0, dot);
  }
}
