package io.github.nolabel.weights;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A file's tensors by the paths of our parameters. */
public final class NamedWeights {

  private static final int PARTS = 3;

  private final SafetensorsFile file;
  private final Map<String, Map<Integer, String>> names = new LinkedHashMap<>();
  private final List<String> classifier = new ArrayList<>();

  private NamedWeights(SafetensorsFile file) {
    this.file = file;
  }

  /**
   * Reads the names and shapes of a safetensors file.
   *
   * @throws UserMistake if it cannot be read, or has two tensors for one parameter
   */
  public static NamedWeights read(Path path) {
    SafetensorsFile file = SafetensorsFile.read(path);
    NamedWeights weights = new NamedWeights(file);
    String wrapper = WeightNames.wrapper(file.entries().keySet());
    file.entries().keySet().stream()
        .filter(name -> !WeightNames.isCounter(name))
        .forEach(name -> weights.add(name, name.substring(wrapper.length())));
    return weights;
  }

  private void add(String name, String unwrapped) {
    if (WeightNames.isClassifier(unwrapped)) {
      classifier.add(name);
      return;
    }
    WeightNames.Place place = WeightNames.place(unwrapped);
    Map<Integer, String> parts = names.computeIfAbsent(place.path(), path -> new TreeMap<>());
    String other = parts.put(place.part(), name);
    if (other != null || (parts.containsKey(-1) && parts.size() > 1)) {
      throw new UserMistake(
          "%s: '%s' and %s are values for one parameter, %s."
              .formatted(file.path(), name, other == null ? parts.values() : other, place.path()));
    }
  }

  public Path path() {
    return file.path();
  }

  public String sha256() {
    return file.sha256();
  }

  /** How many tensors the file holds, counters and classifier included. */
  public int size() {
    return file.entries().size();
  }

  /** The paths that the file has values for. */
  public Collection<String> paths() {
    return List.copyOf(names.keySet());
  }

  /** Tensors of a classifier. */
  public List<String> classifier() {
    return List.copyOf(classifier);
  }

  /** The file's names for those paths that hold. */
  public List<String> namesOf(Predicate<String> paths) {
    return names.entrySet().stream()
        .filter(entry -> paths.test(entry.getKey()))
        .flatMap(entry -> entry.getValue().values().stream())
        .toList();
  }

  /** The shape that a parameter has in the file; empty if there is none, or a part of it only. */
  public Optional<List<Long>> extents(String path) {
    Map<Integer, String> parts = names.getOrDefault(path, Map.of());
    List<List<Long>> shapes =
        parts.values().stream()
            .map(name -> Objects.requireNonNull(file.entries().get(name)).extents())
            .toList();
    if (parts.containsKey(-1)) {
      return Optional.of(shapes.get(0));
    }
    boolean whole = shapes.size() == PARTS && shapes.stream().distinct().count() == 1;
    if (!whole || shapes.get(0).isEmpty()) {
      return Optional.empty();
    }
    List<Long> joint = new ArrayList<>(shapes.get(0));
    joint.set(0, PARTS * joint.get(0));
    return Optional.of(joint);
  }

  /**
   * A parameter's values; queries, keys and values joined by rows. Only where {@link #extents} is
   * not empty.
   *
   * @throws UserMistake if they are no floats, or not finite
   */
  public Tensor tensor(String path) {
    long[] extents = extents(path).orElseThrow().stream().mapToLong(Long::longValue).toArray();
    Tensor joint = Tensor.zeros(ElementType.FLOAT, extents);
    var values = joint.floats();
    for (String name : Objects.requireNonNull(names.get(path)).values()) {
      values.put(finite(name));
    }
    return joint;
  }

  private float[] finite(String name) {
    float[] values = file.tensor(name).toFloats();
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new UserMistake(
            "%s: tensor '%s' holds %s. The file is damaged, or its training diverged."
                .formatted(file.path(), name, value));
      }
    }
    return values;
  }
}
