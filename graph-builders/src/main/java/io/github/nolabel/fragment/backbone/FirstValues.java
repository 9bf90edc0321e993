package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Normalisation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trained weights that a built-in backbone starts from, and what its images look like.
 *
 * @param weights safetensors file; empty for none
 * @param sha256 that the file must have; empty takes any
 * @param partial whether parameters may be missing in the file
 * @param normalisation as {@link Normalisation#parse} reads it; empty leaves it to the run
 */
record FirstValues(String weights, String sha256, boolean partial, String normalisation) {

  static final FirstValues NONE = new FirstValues("", "", false, "");

  List<Path> files() {
    return weights.isEmpty() ? List.of() : List.of(Path.of(weights));
  }

  /** The file's fingerprint; empty if there is no file. */
  String fingerprint() {
    return source().map(NamedWeights::sha256).orElse("");
  }

  /** The extent of a parameter's axis in the file. */
  Optional<Long> extent(String path, int axis) {
    return source()
        .flatMap(file -> file.extents(path))
        .filter(extents -> extents.size() > axis)
        .map(extents -> extents.get(axis));
  }

  /** The backbone with these values, where there is nothing to know of its weights. */
  Backbone in(Backbone backbone, String name) {
    return in(backbone, name, List.of());
  }

  /**
   * The backbone with these values.
   *
   * @param name to call it in messages
   * @param notesOnWeights what people should know of weights of such a backbone
   */
  Backbone in(Backbone backbone, String name, List<String> notesOnWeights) {
    Optional<Normalisation> wanted =
        normalisation.isEmpty()
            ? Optional.empty()
            : Optional.of(Normalisation.parse(normalisation));
    Optional<WeightMatch> match = source().map(file -> new WeightMatch(file, backbone));
    if (match.isEmpty() && wanted.isEmpty()) {
      return backbone;
    }
    match.ifPresent(found -> found.requireAny(name));
    match.filter(found -> !partial).ifPresent(found -> found.requireAll(name));
    List<String> notes = new ArrayList<>(match.map(WeightMatch::report).orElse(List.of()));
    match.ifPresent(found -> notes.addAll(notesOnWeights));
    if (wanted.isEmpty()) {
      notes.add(
          "Images are normalised as usual for ImageNet; where the weights expect otherwise, set backbone.normalisation.");
    }
    return new PretrainedBackbone(
        backbone, match.map(WeightMatch::values).orElse(Map.of()), notes, wanted);
  }

  private Optional<NamedWeights> source() {
    if (weights.isEmpty()) {
      return Optional.empty();
    }
    NamedWeights file = WeightReader.find().read(Path.of(weights));
    if (!sha256.isEmpty() && !sha256.equals(file.sha256())) {
      throw new UserMistake(
          "%s is not the file that the run began with: its SHA-256 is %s, not %s."
              .formatted(weights, file.sha256(), sha256));
    }
    return Optional.of(file);
  }
}
