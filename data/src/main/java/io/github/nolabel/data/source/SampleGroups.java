package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.decode.ImageDecoder;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The images of an archive with what stands beside them: {@code key.cls} is the label of {@code
 * key.jpg}, the lines of {@code key.txt} are its captions, and so are the captions in {@code
 * key.json}. A key ends at the first dot of the file's name.
 */
final class SampleGroups {

  static final String LABEL = ".cls";
  static final String CAPTIONS = ".txt";
  static final String OBJECT = ".json";

  private static final int LONGEST_TEXT = 1 << 16;
  private static final int LONGEST_JSON = 1 << 24;

  private final String source;
  private final UnpackedTar archive;
  private final Map<String, TarEntry> labels = new HashMap<>();
  private final Map<String, TarEntry> captions = new HashMap<>();
  private final Map<String, TarEntry> objects = new HashMap<>();

  private SampleGroups(String source, UnpackedTar archive) {
    this.source = source;
    this.archive = archive;
    for (TarEntry entry : archive.entries()) {
      String lower = entry.path().toLowerCase(Locale.ROOT);
      if (lower.endsWith(LABEL)) {
        labels.put(key(entry.path()), entry);
      } else if (lower.endsWith(CAPTIONS)) {
        captions.put(key(entry.path()), entry);
      } else if (lower.endsWith(OBJECT)) {
        objects.put(key(entry.path()), entry);
      }
    }
  }

  static List<ImageFile> images(String source, UnpackedTar archive) {
    SampleGroups groups = new SampleGroups(source, archive);
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
        Optional.ofNullable(labels.get(key)).map(this::label).filter(label -> !label.isEmpty()),
        captions(key));
  }

  private String label(TarEntry entry) {
    try {
      return Utf8File.decode(read(entry, LONGEST_TEXT)).strip();
    } catch (CharacterCodingException e) {
      throw new UserMistake(
          "Data source '%s': '%s' in the archive is no UTF-8 text, expected the name or number of a class."
              .formatted(source, entry.path()),
          e);
    }
  }

  private List<String> captions(String key) {
    List<String> lines =
        Optional.ofNullable(captions.get(key))
            .map(entry -> CaptionText.lines(source, entry.path(), read(entry, LONGEST_TEXT)))
            .orElse(List.of());
    return Optional.ofNullable(objects.get(key))
        .map(entry -> SampleJson.ofJson(source, entry.path(), read(entry, LONGEST_JSON)))
        .map(more -> SampleJson.joined(lines, more))
        .orElse(lines);
  }

  private byte[] read(TarEntry entry, int most) {
    if (entry.bytes() > most) {
      throw new UserMistake(
          "Data source '%s': '%s' in the archive has %,d bytes; a label or caption has at most %,d."
              .formatted(source, entry.path(), entry.bytes(), most));
    }
    try {
      return archive.read(entry);
    } catch (IOException e) {
      throw new UserMistake(
          "Data source '%s': '%s' in the archive cannot be read: %s."
              .formatted(source, entry.path(), e.getMessage()),
          e);
    }
  }

  private static String key(String path) {
    int name = path.lastIndexOf('/') + 1;
    int dot = path.indexOf('.', name);
    return dot < 0 ? path : path.substring(0, dot);
  }
}
