package io.github.nolabel.networks.weights;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.fragment.layer.ContextBlock.Style;
import io.github.nolabel.fragment.text.TextWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The text transformer in a safetensors file; joint queries, keys and values are split by rows. */
final class SafetensorsTextWeights implements TextWeights {

  private static final int PARTS = 3;

  private final SafetensorsFile file;
  private final TextNames names;
  private final String folder;

  private SafetensorsTextWeights(SafetensorsFile file, TextNames.Found found) {
    this.file = file;
    this.names = found.names();
    this.folder = found.folder();
  }

  /**
   * Reads the names and shapes of a safetensors file.
   *
   * @throws UserMistake if it cannot be read, or holds no text transformer whose names are known
   */
  static SafetensorsTextWeights read(Path path) {
    SafetensorsFile file = SafetensorsFile.read(path);
    TextNames.Found found = TextNames.of(file.entries().keySet()).orElseThrow(() -> unknown(file));
    SafetensorsTextWeights weights = new SafetensorsTextWeights(file, found);
    weights.requireSameNetwork();
    return weights;
  }

  private static UserMistake unknown(SafetensorsFile file) {
    String first = file.entries().keySet().stream().findFirst().orElse("nothing");
    return new UserMistake(
        "%s holds no text network with names of transformers' BERT, DistilBERT or CLIP, or of open_clip. Of %d tensors the first is '%s'."
            .formatted(file.path(), file.entries().size(), first));
  }

  /** RoBERTa and SigLIP have the same names and compute something else. */
  private void requireSameNetwork() {
    boolean oneType = extents(TYPES).filter(extents -> extents.get(0) == 1).isPresent();
    boolean head =
        folder.endsWith("text_model.") && file.entries().containsKey(folder + "head.weight");
    if (oneType || head) {
      throw new UserMistake(
          "%s is of %s, which computes something else than %s. Take a file of BERT, DistilBERT or CLIP."
              .formatted(path(), oneType ? "RoBERTa" : "SigLIP", names.library()));
    }
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public String sha256() {
    return file.sha256();
  }

  @Override
  public Style style() {
    return names.style();
  }

  @Override
  public int depth() {
    String blocks = folder + names.blocks();
    return (int)
        file.entries().keySet().stream()
            .filter(name -> name.startsWith(blocks))
            .map(name -> name.substring(blocks.length()).split("\\.", 2)[0])
            .distinct()
            .count();
  }

  @Override
  public Optional<List<Long>> extents(String path) {
    return names
        .place(path)
        .flatMap(
            place ->
                Optional.ofNullable(file.entries().get(nameOf(path)))
                    .map(entry -> place.part() < 0 ? entry.extents() : third(entry.extents())));
  }

  private static List<Long> third(List<Long> joint) {
    List<Long> third = new ArrayList<>(joint);
    if (!third.isEmpty() && third.get(0) % PARTS == 0) {
      third.set(0, third.get(0) / PARTS);
    }
    return third;
  }

  @Override
  public Tensor tensor(String path) {
    float[] values = file.finite(nameOf(path));
    long[] extents = extents(path).orElseThrow().stream().mapToLong(Long::longValue).toArray();
    int part = names.place(path).orElseThrow().part();
    int length = values.length / PARTS;
    return Tensor.of(
        part < 0 ? values : Arrays.copyOfRange(values, part * length, (part + 1) * length),
        extents);
  }

  @Override
  public String nameOf(String path) {
    String name = folder + names.place(path).map(TextNames.Place::name).orElse(path);
    String old =
        name.replace("LayerNorm.weight", "LayerNorm.gamma")
            .replace("LayerNorm.bias", "LayerNorm.beta");
    return file.entries().containsKey(old) ? old : name;
  }

  @Override
  public List<String> unused(Collection<String> paths) {
    Set<String> used = used(paths);
    return file.entries().keySet().stream()
        .filter(name -> !used.contains(name) && !name.endsWith("position_ids"))
        .toList();
  }

  @Override
  public List<String> surplus(Collection<String> paths) {
    Set<String> tops = used(paths).stream().map(this::top).collect(Collectors.toSet());
    Set<String> blocks = used(paths).stream().map(this::block).collect(Collectors.toSet());
    return unused(paths).stream()
        .filter(name -> tops.contains(top(name)) && blocks.contains(block(name)))
        .toList();
  }

  private Set<String> used(Collection<String> paths) {
    return paths.stream().map(this::nameOf).collect(Collectors.toSet());
  }

  /** The first folder within the network's; the whole name of what lies in none. */
  private String top(String name) {
    return upToDot(name, name.startsWith(folder) ? folder.length() : 0);
  }

  /** The folder of the block that it belongs to; empty if to none. */
  private String block(String name) {
    String blocks = folder + names.blocks();
    return name.startsWith(blocks) ? upToDot(name, blocks.length()) : "";
  }

  private static String upToDot(String name, int from) {
    int end = name.indexOf('.', from);
    return end < 0 ? name : name.substring(0, end + 1);
  }
}
