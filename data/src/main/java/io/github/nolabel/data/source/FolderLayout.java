package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.SplitImages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What folder names mean. Outer folders that hold nothing but one folder are looked through. Top
 * folders {@code train} and {@code test} (or {@code val}) are a split; {@code split=} picks one top
 * folder instead. Below that the first folder is the class; images beside the class folders have no
 * label. A label written beside an image counts more than its folder.
 */
final class FolderLayout {

  private static final Set<String> TRAIN = Set.of("train", "training");
  private static final List<String> TEST = List.of("test", "testing", "val", "valid", "validation");

  private final String source;
  private final List<ImageFile> files;
  private final int depth;

  private FolderLayout(String source, List<ImageFile> files) {
    this.source = source;
    this.files = files;
    this.depth = depthOfFirstChoice(files);
  }

  /**
   * @param fingerprint SHA-256 of the content
   * @throws UserMistake if the split that is asked for does not exist
   */
  static SplitImages arrange(
      String source, Collection<ImageFile> files, Optional<String> split, String fingerprint) {
    List<ImageFile> sorted = new ArrayList<>(files);
    sorted.sort(Comparator.comparing(ImageFile::path));
    FolderLayout layout = new FolderLayout(source, sorted);
    return split
        .map(name -> layout.only(name, fingerprint))
        .orElseGet(() -> layout.byFolders(fingerprint));
  }

  private SplitImages only(String split, String fingerprint) {
    if (isLookedThrough(split)) {
      return new SplitImages(
          images(files, depth, labelNames(files, depth)), Optional.empty(), fingerprint);
    }
    SortedSet<String> tops = tops();
    if (!tops.contains(split)) {
      throw new UserMistake(
          "Data source '%s': there is no top folder '%s'.%s Top folders: %s."
              .formatted(
                  source,
                  split,
                  Suggestions.didYouMean(split, tops),
                  tops.isEmpty() ? "none" : some(tops)));
    }
    List<ImageFile> chosen = within(split::equals);
    return new SplitImages(
        images(chosen, depth + 1, labelNames(chosen, depth + 1)), Optional.empty(), fingerprint);
  }

  /** Whether it is one of the outer folders that hold everything. */
  private boolean isLookedThrough(String folder) {
    return files.get(0).folders().subList(0, depth).contains(folder);
  }

  private SplitImages byFolders(String fingerprint) {
    SortedSet<String> tops = tops();
    Optional<String> test =
        TEST.stream()
            .flatMap(name -> tops.stream().filter(top -> lower(top).equals(name)))
            .findFirst();
    Optional<String> train = tops.stream().filter(top -> TRAIN.contains(lower(top))).findFirst();
    if (train.isEmpty() || test.isEmpty()) {
      List<String> names = labelNames(files, depth);
      return new SplitImages(images(files, depth, names), Optional.empty(), fingerprint);
    }
    List<ImageFile> learnt = within(train.get()::equals);
    List<ImageFile> asked = within(test.get()::equals);
    TreeSet<String> names = new TreeSet<>(LABEL_ORDER);
    names.addAll(labelNames(learnt, depth + 1));
    names.addAll(labelNames(asked, depth + 1));
    List<String> shared = List.copyOf(names);
    return new SplitImages(
        images(learnt, depth + 1, shared),
        Optional.of(images(asked, depth + 1, shared)),
        fingerprint);
  }

  private SortedSet<String> tops() {
    return files.stream()
        .filter(file -> file.folders().size() > depth)
        .map(file -> file.folders().get(depth))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<ImageFile> within(Predicate<String> top) {
    return files.stream()
        .filter(file -> file.folders().size() > depth && top.test(file.folders().get(depth)))
        .toList();
  }

  private static ImageDataset images(List<ImageFile> files, int depth, List<String> names) {
    Map<String, Integer> indices = new HashMap<>();
    names.forEach(name -> indices.put(name, indices.size()));
    int[] labels =
        files.stream().mapToInt(file -> label(file, depth).map(indices::get).orElse(-1)).toArray();
    return new CachedImages(new FileImages(files, labels, names));
  }

  private static List<String> labelNames(List<ImageFile> files, int depth) {
    TreeSet<String> names = new TreeSet<>(LABEL_ORDER);
    files.forEach(file -> label(file, depth).ifPresent(names::add));
    return List.copyOf(names);
  }

  private static Optional<String> label(ImageFile file, int depth) {
    List<String> folders = file.folders();
    return file.label()
        .or(() -> folders.size() > depth ? Optional.of(folders.get(depth)) : Optional.empty());
  }

  /** How many outer folders hold nothing but one folder. A single class folder stays a class. */
  private static int depthOfFirstChoice(List<ImageFile> files) {
    int depth = 0;
    while (onlyOneFolder(files, depth)) {
      depth++;
    }
    return depth;
  }

  private static boolean onlyOneFolder(List<ImageFile> files, int depth) {
    return files.stream().allMatch(file -> file.folders().size() > depth + 1)
        && files.stream().map(file -> file.folders().get(depth)).distinct().limit(2).count() == 1;
  }

  /** Whole numbers by value, before all other names. */
  private static final Comparator<String> LABEL_ORDER =
      Comparator.comparing((String name) -> name.matches("\\d{1,18}") ? 0 : 1)
          .thenComparing(name -> name.matches("\\d{1,18}") ? Long.parseLong(name) : 0L)
          .thenComparing(Comparator.naturalOrder());

  private static String some(SortedSet<String> names) {
    String listed = names.stream().limit(20).collect(Collectors.joining(", "));
    return names.size() > 20 ? listed + ", ..." : listed;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
