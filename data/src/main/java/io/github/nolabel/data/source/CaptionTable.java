package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.PathNames;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SplitImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Images and their captions as a file lists them, row by row. Rows about the same image belong
 * together, in the file's order. Single bad rows are left out and counted. Not thread-safe.
 */
final class CaptionTable {

  private final String source;
  private final Path file;
  private final Path folder;
  private final Map<Path, List<String>> captions = new LinkedHashMap<>();
  private final Map<Path, String> names = new LinkedHashMap<>();
  private final Tally empty = new Tally();
  private final Tally incomplete = new Tally();
  private final Tally surplus = new Tally();
  private final Tally unnamed = new Tally();
  private final Tally replaced = new Tally();
  private final Tally impossible = new Tally();

  /**
   * @param folder where relative image paths start
   */
  CaptionTable(String source, Path file, Path folder) {
    this.source = source;
    this.file = file;
    this.folder = folder;
  }

  /**
   * Adds what one row says; without texts, the image alone.
   *
   * @throws UserMistake if the locale's encoding lacks characters of the image's name
   */
  void add(String where, String image, List<String> texts) {
    Optional<Path> path = path(where, image);
    if (path.isEmpty()) {
      impossible.add(image);
      return;
    }
    names.putIfAbsent(path.get(), image);
    List<String> known = captions.computeIfAbsent(path.get(), p -> new ArrayList<>());
    for (String text : texts) {
      String caption = CaptionText.checked(source, where + " of '" + file + "'", text);
      if (caption.isEmpty()) {
        empty.add(where);
      } else {
        known.add(caption);
      }
    }
  }

  /** A row that ends before the image or the caption. */
  void incomplete(String where) {
    incomplete.add(where);
  }

  /** A row with more fields than the header has: perhaps a caption that was cut at its comma. */
  void surplus(String where) {
    surplus.add(where);
  }

  /** An image whose number a later one has as well. */
  void replaced(String image) {
    replaced.add(image);
  }

  /** A caption of an image that is not listed. */
  void unnamed(String where) {
    unnamed.add(where);
  }

  /**
   * The images that exist, with their regions, after a notice for each kind of row that was left
   * out.
   *
   * @throws UserMistake if none exists or none has a caption
   */
  SplitImages images(RegionFiles regions, SourceContext context) {
    Tally missing = new Tally();
    List<ImageFile> images = new ArrayList<>();
    names.forEach(
        (path, name) -> image(path, name).ifPresentOrElse(images::add, () -> missing.add(name)));
    int listed = names.size() + impossible.count();
    int lost = missing.count() + impossible.count();
    String example = missing.count() > 0 ? missing.first() : impossible.first();
    checkSome(images, listed, example);
    say(
        context,
        lost,
        "%,d of %,d images are missing, such as %s.".formatted(lost, listed, example));
    sayRows(context);
    List<ImageFile> complete = regions.attach(images, context);
    int[] unlabelled = new int[complete.size()];
    Arrays.fill(unlabelled, -1);
    return new SplitImages(
        new CachedImages(new FileImages(complete, unlabelled, List.of())),
        Optional.empty(),
        FileFingerprint.of(complete));
  }

  private void sayRows(SourceContext context) {
    say(context, empty, "%,d captions are empty, such as on %s.");
    say(
        context,
        incomplete,
        "%,d rows lack the image or the caption and are left out, such as %s.");
    say(
        context,
        surplus,
        "%,d rows have more fields than the header and are left out, such as %s; put quotes around"
            + " captions with commas.");
    say(
        context,
        replaced,
        "%,d images are left out because a later one has the same id, such as %s.");
    say(context, unnamed, "%,d captions belong to no listed image, such as that of %s.");
  }

  private static void say(SourceContext context, Tally tally, String format) {
    say(context, tally.count(), format.formatted(tally.count(), tally.first()));
  }

  private static void say(SourceContext context, int count, String notice) {
    if (count > 0) {
      context.notices().accept(notice);
    }
  }

  private void checkSome(List<ImageFile> images, int listed, String example) {
    if (images.isEmpty() && listed > 0) {
      throw new UserMistake(
          "Data source '%s': none of the %,d images in '%s' exists, such as '%s' (looked in '%s')."
                  .formatted(source, listed, file, example, folder.toAbsolutePath())
              + " Expected paths relative to that folder, or absolute ones.");
    }
    if (images.stream().allMatch(image -> image.captions().isEmpty())) {
      throw new UserMistake(
          "Data source '%s': '%s' has no caption at all (%,d images, %,d empty captions, %,d rows left"
                  .formatted(source, file, listed, empty.count(), leftOut())
              + " out). Expected at least one image with a caption.");
    }
  }

  private int leftOut() {
    return incomplete.count() + surplus.count() + unnamed.count();
  }

  private Optional<ImageFile> image(Path path, String name) {
    try {
      return Files.isRegularFile(path)
          ? Optional.of(
              new ImageFile(
                  name,
                  Files.size(path),
                  () -> BoundedFiles.readAll(path),
                  Optional.empty(),
                  captions.getOrDefault(path, List.of())))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<Path> path(String where, String image) {
    try {
      return Optional.of(folder.resolve(image).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      if (PathNames.isOfLocale(e)) {
        throw new UserMistake(
            "Data source '%s': %s of '%s': %s".formatted(source, where, file, PathNames.why(e)), e);
      }
      return Optional.empty();
    }
  }
}
