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

/**
 * Which device every operator of a training graph really ran on, by the profile. ONNX Runtime takes
 * shapes and what follows from them alone to the CPU, where they are as small as they should be.
 */
final class Placement {

  private static final String CPU = "CPUExecutionProvider";

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
    List<Path> profiles = profiles("profile-" + backbone);
    Map<String, Set<String>> byProvider = operators(profiles, 0);
    Set<String> large =
        operators(profiles, 4L * 8 * 3 * imageSize * imageSize).getOrDefault(CPU, Set.of());
    boolean passed = !byProvider.isEmpty() && (!device.isCuda() || large.isEmpty());
    return Check.of("placement " + backbone, passed, described(byProvider, large));
  }

  private String described(Map<String, Set<String>> byProvider, Set<String> large) {
    int kinds = byProvider.values().stream().mapToInt(Set::size).sum();
    return device.isCuda()
        ? "%d operators, on the CPU: %s; of these as large as the images: %s"
            .formatted(kinds, listed(byProvider.getOrDefault(CPU, Set.of())), listed(large))
        : "%d operators, all on the CPU".formatted(kinds);
  }

  private static String listed(Set<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
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

  /** Names of operators with results of so many bytes at least, by the provider that ran them. */
  static Map<String, Set<String>> operators(List<Path> profiles, long leastBytes) {
    Map<String, Set<String>> byProvider = new TreeMap<>();
    for (Path profile : profiles) {
      for (JsonNode event : read(profile)) {
        JsonNode facts = event.path("args");
        if (event.path("cat").asText().equals("Node")
            && facts.has("provider")
            && facts.path("output_size").asLong() >= leastBytes) {
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
