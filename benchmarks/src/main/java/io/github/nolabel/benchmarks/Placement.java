package io.github.nolabel.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.method.CompiledMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which device every operator of a training graph really ran on, by the profile. */
final class Placement {

  private static final String CPU = "CPUExecutionProvider";

  /** They compute shapes, or join flags that the host holds; ONNX Runtime wants them there. */
  private static final Set<String> AT_HOME_ON_THE_CPU =
      Set.of(
          "Shape", "Size", "Gather", "Concat", "Squeeze", "Unsqueeze", "Slice", "Range", "Group");

  private final Device device;
  private final Path folder;

  Placement(Device device, Path folder) {
    this.device = device;
    this.folder = folder;
  }

  Check run(String backbone, Map<String, String> options, int imageSize) {
    RunSpec spec = Run.spec(backbone, options, imageSize, 8, 2, OptimizerConfig.DEFAULTS);
    CompiledMethod simClr = Run.simClr(spec);
    String prefix = folder.resolve("profile-" + backbone).toString();
    try (Run run =
        Run.open(
            simClr.recipe(),
            spec,
            device.withProfile(prefix),
            folder.resolve("placed-" + backbone),
            false)) {
      run.train(new Gratings(8, imageSize, 2));
    }
    Map<String, Set<String>> byProvider = operators(profiles("profile-" + backbone));
    Set<String> onCpu = byProvider.getOrDefault(CPU, Set.of());
    Set<String> strangers = new TreeSet<>(onCpu);
    strangers.removeAll(AT_HOME_ON_THE_CPU);
    boolean passed = !byProvider.isEmpty() && (!device.isCuda() || strangers.isEmpty());
    return Check.of("placement " + backbone, passed, described(byProvider, onCpu));
  }

  private String described(Map<String, Set<String>> byProvider, Set<String> onCpu) {
    int kinds = byProvider.values().stream().mapToInt(Set::size).sum();
    String fallen = onCpu.isEmpty() ? "none" : String.join(", ", onCpu);
    return device.isCuda()
        ? "%d operators, on the CPU: %s".formatted(kinds, fallen)
        : "%d operators, all on the CPU".formatted(kinds);
  }

  private List<Path> profiles(String prefix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of operators by the provider that ran them. */
  static Map<String, Set<String>> operators(List<Path> profiles) {
    Map<String, Set<String>> byProvider = new TreeMap<>();
    for (Path profile : profiles) {
      for (JsonNode event : read(profile)) {
        JsonNode facts = event.path("args");
        if (event.path("cat").asText().equals("Node") && facts.has("provider")) {
          byProvider
              .computeIfAbsent(facts.path("provider").asText(), provider -> new TreeSet<>())
              .add(facts.path("op_name").asText());
        }
      }
    }
    return byProvider;
  }

  private static JsonNode read(Path profile) {
    try {
      return new ObjectMapper().readTree(profile.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
