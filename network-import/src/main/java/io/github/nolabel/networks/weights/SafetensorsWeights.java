package io.github.nolabel.networks.weights;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.fragment.backbone.NamedWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The tensors of a safetensors file; queries, keys and values of attention are joined by rows. */
public final class SafetensorsWeights implements NamedWeights {

  private static final int PARTS = 3;
  private static final Set<String> TABLES = Set.of("cls_token", "pos_embed", "reg_token");
  private static final String POSITIONS = "pos_embed";
  private static final int TABLE_RANK = 3;

  private final SafetensorsFile file;
  private final Map<String, Map<Integer, String>> names = new LinkedHashMap<>();
  private final List<String> classifier = new ArrayList<>();

  private final String folder;

  private SafetensorsWeights(SafetensorsFile file, WeightNames known) {
    this.file = file;
    this.folder = known.folder();
  }

  /**
   * Reads the names and shapes of a safetensors file.
   *
   * @throws UserMistake if it cannot be read, has several networks or two tensors for one parameter
   */
  public static SafetensorsWeights read(Path path) {
    SafetensorsFile file = SafetensorsFile.read(path);
    WeightNames known = WeightNames.of(file.entries().keySet());
    SafetensorsWeights weights = new SafetensorsWeights(file, known);
    weights.requireClassToken();
    weights.requireOneNetwork();
    file.entries().keySet().stream()
        .filter(name -> !WeightNames.isCounter(name))
        .forEach(name -> weights.add(name, known));
    return weights;
  }

  private void requireClassToken() {
    if (ClipImageNames.isSiglip(file.entries().keySet())) {
      throw new UserMistake(
          "%s is of SigLIP, whose image tower has no class token and pools by attention; no backbone here does. Take a file of CLIP or of a vision transformer, or export the tower as ONNX: onnx:PATH."
              .formatted(file.path()));
    }
  }

  /** Student and teacher, query and key: which of them is wanted, the file does not say. */
  private void requireOneNetwork() {
    List<String> folders = WeightNames.folders(file.entries().keySet());
    if (folders.size() > 1) {
      throw new UserMistake(
          "%s holds %d networks, in %s. Save one of them alone: in Python, safetensors.torch.save_file({k[%d:]: v for k, v in tensors.items() if k.startswith('%s')}, 'one.safetensors')."
              .formatted(
                  file.path(),
                  folders.size(),
                  folders.stream().map("'%s'"::formatted).collect(Collectors.joining(" and ")),
                  folders.get(0).length(),
                  folders.get(0)));
    }
  }

  private void add(String name, WeightNames known) {
    if (known.isClassifier(name)) {
      classifier.add(name);
      return;
    }
    WeightNames.Place place = known.place(name);
    Map<Integer, String> parts = names.computeIfAbsent(place.path(), path -> new TreeMap<>());
    String other = parts.put(place.part(), name);
    if (other != null || (parts.containsKey(-1) && parts.size() > 1)) {
      throw new UserMistake(
          "%s: '%s' and %s are values for one parameter, %s."
              .formatted(file.path(), name, other == null ? parts.values() : other, place.path()));
    }
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public String folder() {
    return folder;
  }

  @Override
  public String sha256() {
    return file.sha256();
  }

  @Override
  public int size() {
    return file.entries().size();
  }

  @Override
  public Collection<String> paths() {
    return List.copyOf(names.keySet());
  }

  @Override
  public List<String> classifier() {
    return List.copyOf(classifier);
  }

  @Override
  public List<String> namesOf(Predicate<String> paths) {
    return names.entrySet().stream()
        .filter(entry -> paths.test(entry.getKey()))
        .flatMap(entry -> entry.getValue().values().stream())
        .toList();
  }

  @Override
  public Optional<List<Long>> extents(String path) {
    Map<Integer, String> parts = names.getOrDefault(path, Map.of());
    List<List<Long>> shapes =
        parts.values().stream()
            .map(name -> Objects.requireNonNull(file.entries().get(name)).extents())
            .toList();
    if (parts.containsKey(-1)) {
      return Optional.of(TABLES.contains(path) ? asTable(path, shapes.get(0)) : shapes.get(0));
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
   * With a first extent of 1 for every axis that the file leaves out, and a position for the class
   * token where patches alone have some.
   */
  private static List<Long> asTable(String path, List<Long> extents) {
    List<Long> table = new ArrayList<>(extents);
    while (table.size() < TABLE_RANK) {
      table.add(0, 1L);
    }
    if (path.equals(POSITIONS) && isSquare(table.get(1))) {
      table.set(1, table.get(1) + 1);
    }
    return table;
  }

  private static boolean isSquare(long patches) {
    long side = Math.round(Math.sqrt((double) patches));
    return patches > 1 && side * side == patches;
  }

  @Override
  public Tensor tensor(String path) {
    long[] extents = extents(path).orElseThrow().stream().mapToLong(Long::longValue).toArray();
    Tensor joint = Tensor.zeros(ElementType.FLOAT, extents);
    var values = joint.floats();
    int held =
        Objects.requireNonNull(names.get(path)).values().stream()
            .mapToInt(name -> file.elements(name))
            .sum();
    values.position(joint.elements() - held);
    for (String name : Objects.requireNonNull(names.get(path)).values()) {
      values.put(file.finite(name));
    }
    return joint;
  }
}
