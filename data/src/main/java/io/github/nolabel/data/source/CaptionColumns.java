package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.data.SourceAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which columns of a table, or keys of an object, name the image and describe it: those that the
 * address names, else those with a usual name.
 */
public record CaptionColumns(String source, Optional<String> image, Optional<String> caption) {

  private static final List<String> IMAGE =
      List.of("image", "image_path", "path", "file", "filepath", "file_name", "filename", "img");
  private static final List<String> CAPTION =
      List.of("caption", "captions", "text", "title", "description", "comment", "raw");
  private static final int LISTED = 20;

  public static CaptionColumns of(SourceAddress address) {
    return new CaptionColumns(address.text(), address.option("image"), address.option("caption"));
  }

  /** The one that names the image, if there is one. */
  Optional<String> imageOf(Collection<String> names) {
    return image.map(List::of).orElse(IMAGE).stream()
        .flatMap(wanted -> same(wanted, names))
        .findFirst();
  }

  /** Those that describe it, in the table's order; {@code caption_2} is one as well. */
  public List<String> captionsOf(Collection<String> names) {
    return caption.isPresent()
        ? same(caption.get(), names).limit(1).toList()
        : names.stream().filter(CaptionColumns::describes).toList();
  }

  /**
   * @throws UserMistake if one of them is not among {@code names}
   */
  void check(String where, Collection<String> names) {
    if (imageOf(names).isEmpty()) {
      throw unknown(where, "image", image, IMAGE, names);
    }
    if (captionsOf(names).isEmpty()) {
      throw unknown(where, "caption", caption, CAPTION, names);
    }
  }

  private UserMistake unknown(
      String where,
      String role,
      Optional<String> wanted,
      List<String> usual,
      Collection<String> names) {
    String lack =
        wanted
            .map(name -> "no column '%s'.%s".formatted(name, Suggestions.didYouMean(name, names)))
            .orElseGet(
                () ->
                    "no %s column; expected one of %s. Name it: ?%s=COLUMN."
                        .formatted(role, String.join(", ", usual), role));
    return new UserMistake(
        "Data source '%s': %s has %s Columns found: %s."
            .formatted(source, where, lack, some(names)));
  }

  private static Stream<String> same(String wanted, Collection<String> names) {
    return names.contains(wanted)
        ? Stream.of(wanted)
        : names.stream().filter(name -> Suggestions.fold(name).equals(Suggestions.fold(wanted)));
  }

  private static boolean describes(String name) {
    String plain = Suggestions.fold(name).replaceAll("\\d+$", "");
    return CAPTION.contains(plain);
  }

  private static String some(Collection<String> names) {
    String listed =
        names.stream()
            .limit(LISTED)
            .map(name -> name.length() > 40 ? name.substring(0, 40) + "..." : name)
            .map("'%s'"::formatted)
            .collect(Collectors.joining(", "));
    return names.size() > LISTED ? listed + ", ..." : names.isEmpty() ? "none" : listed;
  }
}
