package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SplitImages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What folder names mean. Outer folders that hold nothing but one folder are looked through. Top
 * folders {@code train} and {@code test} (or {@code val}) are a split, and {@code unlabeled} or
 * {@code extra} is learnt from as well; what else there is beside them is left out, which is said.
 * {@code split=} picks one top folder instead. Below that the first folder is the class; images
 * beside the class folders have no label. A label written beside an image counts more than its
 * folder.
 */
public final class FolderLayout {

  private final String source;
  private final List<ImageFile> files;
  private final int depth;

  private FolderLayout(String source, List<ImageFile> files) {
    this.source = source;
    this.files = files;
    this.depth = depthOfFirstChoice(files);
  }

  /**
   * The images sorted by path, with their labels.
   *
   * @param files one or more
   * @param fingerprint SHA-256 of the content
   * @param notices is told what is left out
   * @throws UserMistake if the split that is asked for does not exist
   */
  public static SplitImages arrange(
      SourceAddress address,
      Collection<ImageFile> files,
      String fingerprint,
      Consumer<String> notices) {
    List<ImageFile> sorted = new ArrayList<>(files);
    sorted.sort(Comparator.comparing(ImageFile::path));
    FolderLayout layout = new FolderLayout(address.text(), sorted);
    SplitImages images =
        address
            .option("split")
            .map(name -> layout.only(name, fingerprint))
            .orElseGet(() -> layout.byFolders(fingerprint, notices));
    LookAlikes.tell(images.training().labelNames(), notices);
    return images;
  }

  private SplitImages only(String split, String fingerprint) {
    if (isLookedThrough(split)) {
      return classes(files, depth, fingerprint);
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
    return classes(within(split::equals), depth + 1, fingerprint);
  }

  private static SplitImages classes(List<ImageFile> files, int depth, String fingerprint) {
    Labelling labelling = file -> label(file, depth);
    ImageDataset images = images(files, labelling, labelNames(files, labelling));
    return new SplitImages(images, Optional.empty(), fingerprint);
  }

  /** Whether it is one of the outer folders that hold everything. */
  private boolean isLookedThrough(String folder) {
    return files.get(0).folders().subList(0, depth).contains(folder);
  }

  private SplitImages byFolders(String fingerprint, Consumer<String> notices) {
    Optional<TopFolders> known = TopFolders.of(tops());
    if (known.isEmpty()) {
      return classes(files, depth, fingerprint);
    }
    TopFolders tops = known.get();
    List<ImageFile> learnt = within(tops::isLearnt);
    List<ImageFile> asked = within(tops::isAsked);
    List<ImageFile> rest = files.stream().filter(file -> !isUsed(file, tops)).toList();
    tellOf(rest, tops, notices);
    Labelling labelling = file -> labelBelow(file, tops);
    TreeSet<String> names = new TreeSet<>(LABEL_ORDER);
    names.addAll(labelNames(learnt, labelling));
    names.addAll(labelNames(asked, labelling));
    List<String> shared = List.copyOf(names);
    return new SplitImages(
        images(learnt, labelling, shared),
        optional(images(asked, labelling, shared)),
        optional(images(rest, labelling, shared)),
        fingerprint);
  }

  private boolean isUsed(ImageFile file, TopFolders tops) {
    return isWithin(file, top -> tops.isLearnt(top) || tops.isAsked(top));
  }

  private Optional<String> labelBelow(ImageFile file, TopFolders tops) {
    return isWithin(file, tops.unlabelled()::contains) ? file.label() : label(file, depth + 1);
  }

  private static Optional<ImageDataset> optional(ImageDataset images) {
    return Optional.of(images).filter(some -> some.size() > 0);
  }

  private static void tellOf(List<ImageFile> rest, TopFolders tops, Consumer<String> notices) {
    if (!rest.isEmpty()) {
      notices.accept(
          "%,d images beside '%s'%s are neither learnt from nor asked about, such as '%s'. To use only those of one top folder, add ?split=NAME."
              .formatted(
                  rest.size(),
                  tops.train(),
                  tops.test().map(test -> " and '" + test + "'").orElse(""),
                  rest.get(0).path()));
    }
  }

  private SortedSet<String> tops() {
    return files.stream()
        .filter(file -> file.folders().size() > depth)
        .map(file -> file.folders().get(depth))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<ImageFile> within(Predicate<String> top) {
    return files.stream().filter(file -> isWithin(file, top)).toList();
  }

  private boolean isWithin(ImageFile file, Predicate<String> top) {
    return file.folders().size() > depth && top.test(file.folders().get(depth));
  }

  private static ImageDataset images(
      List<ImageFile> files, Labelling labelling, List<String> names) {
    Map<String, Integer> indices = new HashMap<>();
    names.forEach(name -> indices.put(name, indices.size()));
    int[] labels =
        files.stream().mapToInt(file -> labelling.of(file).map(indices::get).orElse(-1)).toArray();
    return new CachedImages(new FileImages(files, labels, names));
  }

  private static List<String> labelNames(List<ImageFile> files, Labelling labelling) {
    TreeSet<String> names = new TreeSet<>(LABEL_ORDER);
    files.forEach(file -> labelling.of(file).ifPresent(names::add));
    return List.copyOf(names);
  }

  /** What an image is, if anybody says. */
  @FunctionalInterface
  private interface Labelling {
    Optional<String> of(ImageFile file);
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
}
