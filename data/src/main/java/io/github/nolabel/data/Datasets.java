package io.github.nolabel.data;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.NamedServices;
import io.github.nolabel.api.option.Suggestions;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** The front door: a source as the user writes it in, images out. */
public final class Datasets {

  private Datasets() {}

  /** As {@link #open(String, DatasetSettings, Consumer)}, without notices. */
  public static Dataset open(String source, DatasetSettings settings) {
    return open(source, settings, notice -> {});
  }

  /**
   * Opens {@code kind:path?key=value&...}.
   *
   * @param notices takes lines for the person who waits
   * @throws UserMistake if the kind, a key, the path or the content is wrong
   */
  public static Dataset open(String source, DatasetSettings settings, Consumer<String> notices) {
    return open(source, settings, standard(), notices);
  }

  /** The same among {@code kinds} of sources. */
  public static Dataset open(
      String source,
      DatasetSettings settings,
      NamedServices<SourceProvider> kinds,
      Consumer<String> notices) {
    Dataset dataset = read(source, settings, kinds, notices).dataset(source, settings);
    HeldOut heldOut = dataset.heldOut();
    if (heldOut.questions().isEmpty() && !dataset.training().labelNames().isEmpty()) {
      dataset.unasked().ifPresent(notices);
    }
    return settings.strict()
        ? new Dataset(
            source,
            new StrictImages(dataset.training()),
            new HeldOut(new StrictImages(heldOut.images()), heldOut.questions(), heldOut.rounds()),
            dataset.labelled().map(LabelledSplit::strict),
            dataset.described().map(StrictImages::new),
            dataset.fingerprint())
        : dataset;
  }

  /** Every image of the source in its own order, nothing held out; the limit is not applied. */
  public static ImageDataset images(
      String source, DatasetSettings settings, Consumer<String> notices) {
    return images(source, settings, standard(), notices);
  }

  /** The same among {@code kinds} of sources. */
  public static ImageDataset images(
      String source,
      DatasetSettings settings,
      NamedServices<SourceProvider> kinds,
      Consumer<String> notices) {
    ImageDataset all = read(source, settings, kinds, notices).all();
    return settings.strict() ? new StrictImages(all) : all;
  }

  /**
   * The same source with an absolute path, to be found from another folder too; empty if it names
   * no file or folder that exists.
   */
  public static Optional<String> absolute(String source) {
    return SourceAddress.parse(source.strip()).absolute();
  }

  /** The kinds of source there are, in the order of their names. */
  public static List<SourceProvider> sources() {
    return List.copyOf(standard().all());
  }

  /** The kinds of source that {@code loader} sees. */
  public static NamedServices<SourceProvider> sources(ClassLoader loader) {
    return NamedServices.index("data source", ServiceLoader.load(SourceProvider.class, loader));
  }

  private static NamedServices<SourceProvider> standard() {
    return sources(Datasets.class.getClassLoader());
  }

  private static SourceImages read(
      String source,
      DatasetSettings settings,
      NamedServices<SourceProvider> providers,
      Consumer<String> notices) {
    SourceAddress address = SourceAddress.parse(source.strip());
    checkKind(address, providers.all());
    SourceProvider provider = providers.require(address.kind());
    address.checkKeys(provider.keys());
    return provider.read(address, new SourceContext(settings, notices));
  }

  /** A path without a kind gets the kind suggested; so does a misspelt kind. */
  private static void checkKind(SourceAddress address, Collection<SourceProvider> providers) {
    String kind = Suggestions.fold(address.kind());
    boolean known = providers.stream().anyMatch(p -> Suggestions.fold(p.name()).equals(kind));
    if (!known && exists(address.text())) {
      throw new UserMistake(
          "Data source '%s' lacks its kind: write %s:%s."
              .formatted(
                  address.text(), likelyKind(Path.of(address.text()), providers), address.text()));
    }
    if (!known) {
      throw new UserMistake(unknownKind(address, providers));
    }
  }

  private static String unknownKind(SourceAddress address, Collection<SourceProvider> providers) {
    List<String> names = providers.stream().map(SourceProvider::name).toList();
    String path =
        address.kind().contains("/") || address.kind().contains(".")
            ? " (There is no file or folder of that name either.)"
            : "";
    return "No data source '%s'.%s%s Write one of: %s."
        .formatted(
            address.kind(),
            Suggestions.didYouMean(address.kind(), names),
            path,
            String.join(", ", providers.stream().map(SourceProvider::usage).toList()));
  }

  private static boolean exists(String path) {
    try {
      return !path.isEmpty() && Files.exists(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String likelyKind(Path path, Collection<SourceProvider> providers) {
    return providers.stream()
        .filter(provider -> provider.recognises(path))
        .map(SourceProvider::name)
        .min(Comparator.comparing("folder"::equals))
        .orElse(Files.isDirectory(path) ? "folder" : "tar");
  }
}
